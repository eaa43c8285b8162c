import { summaryTextLimit, type Task, type TaskSummary } from '../../api/tasks.ts';
import { revoked } from '../names/taskStates.ts';
import { flagExpired, flagHasEta, flagTerminated } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { finishedOf, waitSecondsOf } from '../rows/taskTimes.ts';
import {
  argsField,
  etaField,
  exceptionField,
  expiresField,
  kwargsField,
  parentIdField,
  resultField,
  rootIdField,
  tracebackField,
} from '../texts/textWriter.ts';

/** A row as a line of a list. */
export const toSummary = (store: TaskStore, row: number): TaskSummary => summaryOf(store, row, shortened);

/** As `toSummary`, with texts that are not cut short. */
export const toWholeSummary = (store: TaskStore, row: number): TaskSummary => summaryOf(store, row, whole);

const shortened = (text: string | null): string | null =>
  text !== null && text.length > summaryTextLimit ? `${text.slice(0, summaryTextLimit)}…` : text;

const whole = (text: string | null): string | null => text;

const summaryOf = (store: TaskStore, row: number, fit: (text: string | null) => string | null): TaskSummary => {
  const { columns, interner } = store;
  const text = textReader(store, row);
  const hasEta = ((columns.flags[row] ?? 0) & flagHasEta) !== 0;
  const retries = columns.retries[row] ?? -1;
  return {
    id: store.idOf(row),
    state: store.states.nameOf(columns.state[row] ?? 0),
    name: interner.textOrNull(columns.name[row] ?? 0),
    worker: interner.textOrNull(columns.worker[row] ?? 0),
    client: interner.textOrNull(columns.client[row] ?? 0),
    queue: interner.textOrNull(columns.queue[row] ?? 0),
    args: fit(text.input(argsField)),
    kwargs: fit(text.input(kwargsField)),
    result: fit(text.outcome(resultField)),
    exception: fit(text.outcome(exceptionField)),
    sentAt: toMs(columns.sent[row]),
    receivedAt: toMs(columns.received[row]),
    startedAt: toMs(columns.started[row]),
    finishedAt: toMs(finishedOf(store, row)),
    firstSeenAt: columns.firstSeenAt[row] ?? 0,
    updatedAt: columns.updatedAt[row] ?? 0,
    runtimeSeconds: orNull(columns.runtime[row]),
    waitSeconds: orNull(waitSecondsOf(store, row)),
    retries: retries < 0 ? null : retries,
    eta: hasEta ? text.input(etaField) : null,
  };
};

/** Everything known of the task in `row`. */
export const toTask = (store: TaskStore, row: number, childIds: readonly string[]): Task => {
  const { columns, interner } = store;
  const text = textReader(store, row);
  const flags = columns.flags[row] ?? 0;
  const signal = columns.signal[row] ?? 0;
  const head = interner.textOf(columns.tracebackHead[row] ?? 0);
  const tail = text.outcome(tracebackField);
  return {
    ...summaryOf(store, row, whole),
    traceback: tail === null ? null : head + tail,
    expires: text.input(expiresField),
    exchange: interner.textOrNull(columns.exchange[row] ?? 0),
    routingKey: interner.textOrNull(columns.routingKey[row] ?? 0),
    rootId: text.input(rootIdField),
    parentId: text.input(parentIdField),
    childIds,
    succeededAt: toMs(columns.succeeded[row]),
    failedAt: toMs(columns.failed[row]),
    retriedAt: toMs(columns.retried[row]),
    revokedAt: toMs(columns.revoked[row]),
    rejectedAt: toMs(columns.rejected[row]),
    revocation:
      columns.state[row] === revoked
        ? {
            terminated: (flags & flagTerminated) !== 0,
            expired: (flags & flagExpired) !== 0,
            signal: signal === 0 ? null : signal,
          }
        : null,
  };
};

const textReader = (store: TaskStore, row: number) => {
  const ownId = (): string => store.idOf(row);
  const { texts, columns } = store;
  return {
    input: (field: number): string | null => texts.textOf(columns.input[row] ?? 0, field, ownId),
    outcome: (field: number): string | null => texts.textOf(columns.outcome[row] ?? 0, field, ownId),
  };
};

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

const toMs = (seconds: number | undefined): number | null =>
  seconds === undefined || Number.isNaN(seconds) ? null : Math.round(seconds * 1e6) / 1e3;
