import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { orCancelled } from './orCancelled.ts';

export interface KnownName {
  readonly name: string;
  readonly description: string;
}

interface NameQuestion {
  readonly title: string;
  readonly placeHolder: string;
  readonly known: readonly KnownName[];
  /** What stands beside a name that was typed and is not among the known ones. */
  readonly typedHint: string;
}

/** One of the known names, or another one that is typed. */
export const chooseName = async ({ title, placeHolder, known, typedHint }: NameQuestion): Promise<string> => {
  const { pick, tell } = openPick<NameItem>();
  const items = known.map(({ name, description }): NameItem => ({ label: name, description, name }));
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  tell({ title, placeholder: placeHolder, items });
  const chosen = Promise.withResolvers<string | undefined>();
  const listeners = [
    pick.onDidChangeValue((value) => {
      tell({ items: withTyped(items, value.trim(), typedHint) });
    }),
    // Who types faster than the list follows means what was typed.
    pick.onDidAccept(() => chosen.resolve(pick.activeItems[0]?.item.name ?? pick.value.trim())),
    pick.onDidHide(() => chosen.resolve(undefined)),
  ];
  pick.show();
  try {
    return orCancelled((await chosen.promise) || undefined);
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};

type NameItem = PickItem & { readonly name: string };

const withTyped = (items: readonly NameItem[], typed: string, hint: string): NameItem[] => {
  if (typed === '' || items.some(({ name }) => name === typed)) return [...items];
  return [...items, { label: typed, description: hint, name: typed, alwaysShow: true }];
};
