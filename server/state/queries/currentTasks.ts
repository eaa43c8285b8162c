import type { DelayedTask, RunningTask } from '../../health/facts.ts';
import { flagHasEta } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { etaField } from '../texts/textWriter.ts';

/** The rows in one state, the longest untouched first. */
export function* rowsIn({ lists, columns }: TaskStore, state: number, most: number): Generator<number> {
  let row = lists.oldest[state] ?? -1;
  for (let count = 0; row >= 0 && count < most; count++) {
    yield row;
    row = columns.newer[row] ?? -1;
  }
}

export const runningTask = (store: TaskStore, row: number): RunningTask => {
  const { columns, interner } = store;
  return {
    id: store.idOf(row),
    name: interner.textOrNull(columns.name[row] ?? 0),
    worker: interner.textOrNull(columns.worker[row] ?? 0),
    startedAt: columns.updatedAt[row] ?? 0,
  };
};

/** Null: it waits for no time of its own. */
export const delayedTask = (store: TaskStore, row: number): DelayedTask | null => {
  const { columns, texts, interner } = store;
  if (((columns.flags[row] ?? 0) & flagHasEta) === 0) return null;
  const dueAt = Date.parse(texts.textOf(columns.input[row] ?? 0, etaField, () => '') ?? '');
  if (Number.isNaN(dueAt)) return null;
  const name = interner.textOrNull(columns.name[row] ?? 0);
  return { id: store.idOf(row), name, receivedAt: columns.updatedAt[row] ?? 0, dueAt };
};
