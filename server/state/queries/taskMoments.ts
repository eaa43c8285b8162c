import type { TaskTimeColumn } from '../../api/tasks.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { finishedOf } from '../rows/taskTimes.ts';

/** One of a task's times by its row, in milliseconds since 1970; NaN where it has none. */
export const millisecondsOf = (store: TaskStore, column: TaskTimeColumn): ((row: number) => number) => {
  const { columns } = store;
  switch (column) {
    case 'updated':
      return (row) => columns.updatedAt[row] ?? Number.NaN;
    case 'sent':
      return (row) => (columns.sent[row] ?? Number.NaN) * 1000;
    case 'received':
      return (row) => (columns.received[row] ?? Number.NaN) * 1000;
    case 'started':
      return (row) => (columns.started[row] ?? Number.NaN) * 1000;
    case 'finished':
      return (row) => finishedOf(store, row) * 1000;
    default:
      return column satisfies never;
  }
};
