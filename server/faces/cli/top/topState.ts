import { type TaskSortColumn, taskSortColumns } from '../../../api/tasks.ts';

export const topTabs = ['tasks', 'workers', 'queues', 'failures', 'alerts'] as const;
export type TopTab = (typeof topTabs)[number];

/** What each list can be sorted by; the first is what it is sorted by at the start. */
export const sortsOf: Readonly<Record<TopTab, readonly string[]>> = {
  tasks: [
    'updated',
    'runtime',
    'wait',
    'started',
    'name',
    'state',
    'worker',
    'queue',
    'retries',
  ] satisfies TaskSortColumn[],
  workers: ['name', 'active', 'rate', 'failed', 'load'],
  queues: ['ready', 'name', 'unacked', 'consumers'],
  failures: ['last', 'count', 'task'],
  alerts: ['severity', 'since'],
};

/** Names and states are read from their beginning, figures from their largest. */
export const descendsByItself = (sort: string): boolean => !['name', 'state', 'worker', 'queue', 'task'].includes(sort);

export const isTaskSort = (sort: string): sort is TaskSortColumn => taskSortColumns.some((each) => each === sort);

export interface ListState {
  readonly filter: string;
  readonly sort: string;
  readonly descending: boolean;
  /** The row that was chosen, which stays chosen wherever it moves; null: the first, whichever that is. */
  readonly chosen: string | null;
  readonly index: number;
  readonly offset: number;
}

/** What lies over the lists. */
export type Overlay =
  | { readonly kind: 'help' }
  | { readonly kind: 'task'; readonly id: string; readonly offset: number }
  | { readonly kind: 'alert'; readonly id: string; readonly offset: number };

/** What the last line is used for, while it is not the keys. */
export type Prompt =
  | { readonly kind: 'filter'; readonly text: string; readonly caret: number; readonly error: string | null }
  | { readonly kind: 'confirm'; readonly act: 'retry' | 'revoke'; readonly id: string; readonly question: string };

/** What a person has chosen to see. */
export interface TopState {
  readonly tab: TopTab;
  readonly lists: Readonly<Record<TopTab, ListState>>;
  readonly overlay: Overlay | null;
  readonly prompt: Prompt | null;
  readonly isPaused: boolean;
  /** What became of the last action. */
  readonly message: string | null;
}

const firstList = (tab: TopTab): ListState => {
  const sort = sortsOf[tab][0] ?? 'name';
  return { filter: '', sort, descending: descendsByItself(sort), chosen: null, index: 0, offset: 0 };
};

export const firstState = (filter: string): TopState => ({
  tab: 'tasks',
  lists: {
    tasks: { ...firstList('tasks'), filter },
    workers: firstList('workers'),
    queues: firstList('queues'),
    failures: firstList('failures'),
    alerts: firstList('alerts'),
  },
  overlay: null,
  prompt: null,
  isPaused: false,
  message: null,
});

export const listOf = (state: TopState): ListState => state.lists[state.tab];

export const withList = (state: TopState, change: Partial<ListState>): TopState => ({
  ...state,
  lists: { ...state.lists, [state.tab]: { ...listOf(state), ...change } },
});

/** The chosen row stays in sight, and the list does not end above the last line. */
export const scrolled = (list: ListState, keys: readonly string[], room: number): ListState => {
  const found = list.chosen === null ? 0 : keys.indexOf(list.chosen);
  const index = Math.max(0, Math.min(found < 0 ? list.index : found, keys.length - 1));
  const least = Math.max(0, index - room + 1);
  const offset = Math.max(0, Math.min(Math.max(least, Math.min(list.offset, index)), keys.length - room));
  return { ...list, index, offset };
};
