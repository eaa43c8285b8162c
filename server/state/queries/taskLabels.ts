import { flagHasEta } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { waitSecondsOf } from '../rows/taskTimes.ts';

/** What a metric is labelled with, and the figures it counts. Times are seconds since 1970; NaN where they are not known. */
export interface TaskLabels {
  readonly name: string | null;
  readonly worker: string | null;
  readonly queue: string | null;
  readonly sentSeconds: number;
  readonly receivedSeconds: number;
  readonly startedSeconds: number;
  readonly hasEta: boolean;
  /** The event tells again what the one before it has told: that the run failed. */
  readonly isRepeat: boolean;
  readonly waitSeconds: number;
}

/** Cheap enough for every event: texts of arguments and results are not touched. */
export const taskLabels = (store: TaskStore, row: number): TaskLabels => {
  const { columns, interner } = store;
  return {
    name: interner.textOrNull(columns.name[row] ?? 0),
    worker: interner.textOrNull(columns.worker[row] ?? 0),
    queue: interner.textOrNull(columns.queue[row] ?? 0),
    sentSeconds: columns.sent[row] ?? Number.NaN,
    receivedSeconds: columns.received[row] ?? Number.NaN,
    startedSeconds: columns.started[row] ?? Number.NaN,
    hasEta: ((columns.flags[row] ?? 0) & flagHasEta) !== 0,
    isRepeat: store.isRepeat,
    waitSeconds: waitSecondsOf(store, row),
  };
};
