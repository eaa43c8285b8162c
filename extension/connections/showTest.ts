import { t } from '@vscode/l10n';
import type { ConnectionTest } from '../../server/api/connectionTest.ts';
import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { problemRows, testRows, testSummary } from './testRows.ts';

/** What a test came to; a problem when it could not begin. */
export type TestOutcome = { readonly test: ConnectionTest } | { readonly problem: string };

export interface TestAction<A> {
  readonly label: string;
  readonly icon: string;
  readonly detail?: string;
  readonly action: A;
}

interface TestQuestion<A> {
  readonly title: string;
  readonly run: () => Promise<TestOutcome>;
  /** What can be done now; the first is taken by Enter. */
  readonly actionsFor: (outcome: TestOutcome) => readonly TestAction<A>[];
}

type TestItem<A> = PickItem & { readonly chosen?: A };

/** Runs a test before the user's eyes, and resolves with what is to be done; undefined: the user left. */
export const showTest = async <A>(question: TestQuestion<A>): Promise<A | undefined> => {
  const { pick, tell } = openPick<TestItem<A>>();
  const chosen = Promise.withResolvers<A | undefined>();
  tell({ title: question.title, placeholder: t('Testing the connection (up to 10 s)…') });
  pick.busy = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const listeners = [
    pick.onDidHide(() => chosen.resolve(undefined)),
    pick.onDidAccept(() => {
      const action = pick.activeItems[0]?.item.chosen;
      if (action !== undefined) chosen.resolve(action);
    }),
  ];
  pick.show();
  question.run().then((outcome) => {
    pick.busy = false;
    tell({
      placeholder: 'test' in outcome ? testSummary(outcome.test) : t('The connection could not be tested'),
      items: itemsFor(outcome, question.actionsFor(outcome)),
    });
  }, chosen.reject);
  try {
    return await chosen.promise;
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};

const itemsFor = <A>(outcome: TestOutcome, actions: readonly TestAction<A>[]): TestItem<A>[] => [
  ...actions.map(({ label, icon, detail, action }) => ({ label, icon, ...(detail ? { detail } : {}), chosen: action })),
  { label: t('test'), isSeparator: true },
  ...('test' in outcome ? testRows(outcome.test) : problemRows(outcome.problem)),
];
