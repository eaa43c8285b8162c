import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { orCancelled } from './orCancelled.ts';

interface ValueQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** The present value, which Enter confirms. */
  readonly value: string;
  /** What Enter does with a text: "Limit to 10/m". */
  readonly wordsFor: (text: string) => string;
  /** Why a text cannot be accepted; null: it can. */
  readonly problemOf: (text: string) => Promise<string | null>;
  /** Values that need no typing, such as "Remove Limit". */
  readonly others: readonly (PickItem & { readonly value: string })[];
}

type ValueItem = PickItem & { readonly value: string | null };

/** A value that is typed, or one of a few that are offered beside it. */
export const chooseValue = async (question: ValueQuestion): Promise<string> => {
  const { title, placeHolder, value, wordsFor, problemOf } = question;
  const { pick, tell } = openPick<ValueItem>();
  const others = question.others.map((each): ValueItem => ({ ...each, alwaysShow: true }));
  const chosen = Promise.withResolvers<string | undefined>();
  let shownFor: string | null = null;
  const show = async (typed: string): Promise<void> => {
    const text = typed.trim();
    const problem = text === '' ? null : await problemOf(text);
    if (text !== pick.value.trim()) return;
    const typedItem: ValueItem[] =
      text === ''
        ? []
        : problem === null
          ? [{ label: wordsFor(text), icon: 'check', value: text, alwaysShow: true }]
          : [{ label: problem, icon: 'error', value: null, alwaysShow: true }];
    shownFor = text;
    tell({ items: [...typedItem, ...others] });
  };
  /** Enter may come before the list has followed what was typed. */
  const takeTyped = async (): Promise<void> => {
    const text = pick.value.trim();
    if (text !== '' && (await problemOf(text)) === null) chosen.resolve(text);
  };
  tell({ title, placeholder: placeHolder, items: others });
  pick.ignoreFocusOut = true;
  pick.value = value;
  const listeners = [
    pick.onDidChangeValue((text) => void show(text).catch(chosen.reject)),
    pick.onDidAccept(() => {
      const active = pick.activeItems[0]?.item;
      if (active && others.includes(active) && shownFor === pick.value.trim())
        chosen.resolve(active.value ?? undefined);
      else void takeTyped().catch(chosen.reject);
    }),
    pick.onDidHide(() => chosen.resolve(undefined)),
  ];
  pick.show();
  void show(value).catch(chosen.reject);
  try {
    return orCancelled(await chosen.promise);
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};
