import { failure, pending, received, rejected, retry, revoked, success } from '../names/taskStates.ts';
import { etaField } from '../texts/textWriter.ts';
import { flagHasEta } from './taskColumns.ts';
import type { TaskStore } from './taskStore.ts';

/** When the task reached the final state it is in, in seconds; NaN in any other state. */
export const finishedOf = (store: TaskStore, row: number): number => {
  const { columns } = store;
  switch (columns.state[row]) {
    case success:
      return columns.succeeded[row] ?? Number.NaN;
    case failure:
      return columns.failed[row] ?? Number.NaN;
    case revoked:
      return columns.revoked[row] ?? Number.NaN;
    case rejected:
      return columns.rejected[row] ?? Number.NaN;
    default:
      return Number.NaN;
  }
};

/**
 * How long the task waited to be run, in seconds: from when it was sent (received, where senders tell nothing, or on a
 * retry), but not before its ETA. NaN while it has not started.
 */
export const waitSecondsOf = (store: TaskStore, row: number): number => {
  const { columns } = store;
  const started = columns.started[row] ?? Number.NaN;
  const sent = columns.sent[row] ?? Number.NaN;
  const arrived = columns.received[row] ?? Number.NaN;
  const isRetry = (columns.retried[row] ?? Number.NaN) >= sent;
  let from = Number.isNaN(sent) || isRetry ? arrived : sent;
  if (((columns.flags[row] ?? 0) & flagHasEta) !== 0) {
    const eta = etaSecondsOf(store, row);
    if (eta > from) from = eta;
  }
  if (started >= from || Number.isNaN(started - from)) return started - from;
  // Either it waits once more, after a retry, or the clocks of sender and worker disagree.
  return isWaiting(columns.state[row] ?? 0) ? Number.NaN : 0;
};

const isWaiting = (state: number): boolean => state === pending || state === received || state === retry;

const zone = /(?:Z|[+-]\d\d:?\d\d)$/;

/** An ETA without a zone is in UTC (Celery's `enable_utc`, the default). */
const etaSecondsOf = (store: TaskStore, row: number): number => {
  const text = store.texts.textOf(store.columns.input[row] ?? 0, etaField, () => '');
  if (text === null) return Number.NaN;
  return Date.parse(zone.test(text) ? text : `${text}Z`) / 1000;
};
