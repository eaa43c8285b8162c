import type { TaskStore } from '../rows/taskStore.ts';
import { finishedOf } from '../rows/taskTimes.ts';
import { parentIdField, rootIdField } from '../texts/textWriter.ts';

/** One run of a task as a trace sees it. Times are seconds since 1970; NaN where they are not known. */
export interface TaskRun {
  readonly id: string;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly name: string | null;
  readonly worker: string | null;
  readonly client: string | null;
  readonly queue: string | null;
  readonly state: string;
  readonly retries: number;
  readonly sentSeconds: number;
  readonly receivedSeconds: number;
  readonly startedSeconds: number;
  readonly endedSeconds: number;
}

export const taskRun = (store: TaskStore, row: number): TaskRun => {
  const { columns, interner, texts } = store;
  const id = store.idOf(row);
  const input = (field: number): string | null => texts.textOf(columns.input[row] ?? 0, field, () => id);
  const finished = finishedOf(store, row);
  return {
    id,
    rootId: input(rootIdField),
    parentId: input(parentIdField),
    name: interner.textOrNull(columns.name[row] ?? 0),
    worker: interner.textOrNull(columns.worker[row] ?? 0),
    client: interner.textOrNull(columns.client[row] ?? 0),
    queue: interner.textOrNull(columns.queue[row] ?? 0),
    state: store.states.nameOf(columns.state[row] ?? 0),
    retries: Math.max(0, columns.retries[row] ?? 0),
    sentSeconds: columns.sent[row] ?? Number.NaN,
    receivedSeconds: columns.received[row] ?? Number.NaN,
    startedSeconds: columns.started[row] ?? Number.NaN,
    endedSeconds: Number.isNaN(finished) ? (columns.retried[row] ?? Number.NaN) : finished,
  };
};
