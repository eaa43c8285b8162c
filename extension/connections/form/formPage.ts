import { openPick } from '../../shown/openPick.ts';
import type { ConnectionDraft } from './draft.ts';
import type { Field } from './field.ts';
import { type FormAct, type FormRow, formPlaceholder, formRows } from './formRows.ts';
import type { RunningTest } from './runningTest.ts';

interface FormPage {
  readonly title: string;
  readonly draft: ConnectionDraft;
  readonly fields: readonly Field[];
  readonly test: RunningTest;
  readonly showsAdvanced: boolean;
}

/** An answer that is on its way when the rows change is meant for a row that is no longer in its place. */
const crossingMs = 250;

/** One page for all options; its first rows change when the test ends. Undefined: Escape was pressed. */
export const showFormPage = async (page: FormPage): Promise<FormAct | undefined> => {
  const { title, draft, fields, test, showsAdvanced } = page;
  const { pick, tell } = openPick<FormRow>();
  const chosen = Promise.withResolvers<FormAct | undefined>();
  let changedAt = Number.NEGATIVE_INFINITY;
  const show = (): void => {
    pick.busy = test.outcome === null;
    tell({
      title,
      placeholder: formPlaceholder(test.outcome),
      items: formRows(draft, fields, test.outcome, showsAdvanced),
    });
  };
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  show();
  const listeners = [
    {
      dispose: test.onOver(() => {
        changedAt = performance.now();
        show();
      }),
    },
    pick.onDidHide(() => chosen.resolve(undefined)),
    pick.onDidAccept(() => {
      const act = pick.activeItems[0]?.item.act;
      if (act && performance.now() - changedAt > crossingMs) chosen.resolve(act);
      // A row that stays selected would not be accepted when it is clicked again.
      else show();
    }),
  ];
  pick.show();
  try {
    return await chosen.promise;
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};
