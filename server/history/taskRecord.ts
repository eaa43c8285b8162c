import type { SQLOutputValue } from 'node:sqlite';
import { summaryTextLimit, type Task, type TaskSummary } from '../api/tasks.ts';
import { fromStoredId } from './storedId.ts';
import { expiredBit, ownRoot, terminatedBit } from './taskColumns.ts';

export type TaskRow = Readonly<Record<string, SQLOutputValue>>;

const label = (column: string): string => `(SELECT value FROM label WHERE id = task.${column}) AS ${column}_text`;
const text = (column: string): string => `(SELECT value FROM text WHERE id = task.${column}) AS ${column}_text`;

/** A task with its shared texts filled in. */
export const readTaskSql = `SELECT *, ${['state', 'name', 'worker', 'client', 'queue', 'exchange', 'routing_key'].map(label).join(', ')}, ${['exception', 'trace_head'].map(text).join(', ')} FROM task`;

export const toSummary = (row: TaskRow): TaskSummary => summaryOf(row, shortened);

export const toTask = (row: TaskRow, childIds: readonly string[]): Task => {
  const id = fromStoredId(row['id']) ?? '';
  const tail = textOf(row, 'trace_tail');
  const state = textOf(row, 'state_text') ?? '';
  const flags = numberOf(row, 'flags') ?? 0;
  return {
    ...summaryOf(row, (value) => value),
    traceback: tail === null ? null : `${textOf(row, 'trace_head_text') ?? ''}${tail}`,
    expires: textOf(row, 'expires'),
    exchange: textOf(row, 'exchange_text'),
    routingKey: textOf(row, 'routing_key_text'),
    rootId: row['root'] === ownRoot ? id : fromStoredId(row['root']),
    parentId: fromStoredId(row['parent']),
    childIds,
    succeededAt: numberOf(row, 'succeeded_at'),
    failedAt: numberOf(row, 'failed_at'),
    retriedAt: numberOf(row, 'retried_at'),
    revokedAt: numberOf(row, 'revoked_at'),
    rejectedAt: numberOf(row, 'rejected_at'),
    revocation:
      state === 'REVOKED'
        ? {
            terminated: (flags & terminatedBit) !== 0,
            expired: (flags & expiredBit) !== 0,
            signal: numberOf(row, 'signal'),
          }
        : null,
  };
};

const summaryOf = (row: TaskRow, fit: (text: string | null) => string | null): TaskSummary => ({
  id: fromStoredId(row['id']) ?? '',
  state: textOf(row, 'state_text') ?? '',
  name: textOf(row, 'name_text'),
  worker: textOf(row, 'worker_text'),
  client: textOf(row, 'client_text'),
  queue: textOf(row, 'queue_text'),
  args: fit(textOf(row, 'args')),
  kwargs: fit(textOf(row, 'kwargs')),
  result: fit(textOf(row, 'result')),
  exception: fit(textOf(row, 'exception_text')),
  sentAt: numberOf(row, 'sent_at'),
  receivedAt: numberOf(row, 'received_at'),
  startedAt: numberOf(row, 'started_at'),
  finishedAt: numberOf(row, 'finished_at'),
  firstSeenAt: numberOf(row, 'first_seen_at') ?? 0,
  updatedAt: numberOf(row, 'updated_at') ?? 0,
  runtimeSeconds: numberOf(row, 'runtime'),
  waitSeconds: numberOf(row, 'wait'),
  retries: numberOf(row, 'retries'),
  eta: textOf(row, 'eta'),
});

const shortened = (value: string | null): string | null =>
  value !== null && value.length > summaryTextLimit ? `${value.slice(0, summaryTextLimit)}…` : value;

const textOf = (row: TaskRow, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' ? value : null;
};

const numberOf = (row: TaskRow, column: string): number | null => {
  const value = row[column];
  return typeof value === 'number' ? value : null;
};
