import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { CeleriacError } from '../api/errors.ts';
import type { Failure, FailurePage, FailureQuery } from '../api/history.ts';
import { phrase } from '../api/phrase.ts';
import { parseJson } from '../celery/parseJson.ts';
import { isAmong, labelsLike } from './namedLabels.ts';
import type { Texts } from './readTexts.ts';
import { fromStoredId, toStoredId } from './storedId.ts';

const usualLimit = 50;
const largestLimit = 1000;

const label = (column: string): string => `(SELECT value FROM label WHERE id = failure.${column}) AS ${column}`;
const text = (column: string): string => `(SELECT value FROM text WHERE id = failure.${column}) AS ${column}`;
const read = `SELECT at, id, retried, trace_tail, ${['name', 'worker', 'queue', 'kind'].map(label).join(', ')}, ${['exception', 'trace_head'].map(text).join(', ')} FROM failure`;

/** One page of the failed runs, the newest first. */
export const failurePage = (database: DatabaseSync, labels: Texts, query: FailureQuery): FailurePage => {
  const limit = Math.min(largestLimit, Math.max(1, Math.floor(query.limit ?? usualLimit) || usualLimit));
  const tests = [
    isAmong('failure.name', labelsLike(labels, query.names)),
    isAmong('failure.worker', labelsLike(labels, query.workers)),
    isAmong('failure.queue', labelsLike(labels, query.queues)),
    isAmong('failure.kind', labelsLike(labels, query.kinds)),
    query.withRetries === true ? '1' : 'retried = 0',
    'at >= ? AND at < ?',
  ];
  const values: SQLInputValue[] = [query.from ?? Number.MIN_SAFE_INTEGER, query.to ?? Number.MAX_SAFE_INTEGER];
  if (query.taskIds !== undefined) {
    tests.push(`failure.id IN (${query.taskIds.map(() => '?').join(', ')})`);
    values.push(...query.taskIds.map(toStoredId));
  }
  if (query.cursor !== undefined) {
    const { at, id } = decode(query.cursor);
    tests.push('(at, id) < (?, ?)');
    values.push(at, toStoredId(id));
  }
  const rows = database
    .prepare(`${read} WHERE ${tests.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?`)
    .all(...values, limit + 1);
  const failures = rows.slice(0, limit).map(toFailure);
  const last = failures.at(-1);
  return { failures, nextCursor: rows.length > limit && last ? encode(last) : null };
};

const toFailure = (row: Readonly<Record<string, SQLOutputValue>>): Failure => {
  const textOrNull = (column: string): string | null => {
    const value = row[column];
    return typeof value === 'string' ? value : null;
  };
  const tail = textOrNull('trace_tail');
  return {
    taskId: fromStoredId(row['id']) ?? '',
    at: Number(row['at']),
    retried: row['retried'] === 1,
    name: textOrNull('name'),
    worker: textOrNull('worker'),
    queue: textOrNull('queue'),
    kind: textOrNull('kind'),
    exception: textOrNull('exception'),
    traceback: tail === null ? null : `${textOrNull('trace_head') ?? ''}${tail}`,
  };
};

const encode = ({ at, taskId }: Failure): string => Buffer.from(JSON.stringify([at, taskId])).toString('base64url');

const decode = (cursor: string): { at: number; id: string } => {
  const value = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string') {
    return { at: value[0], id: value[1] };
  }
  throw new CeleriacError('badRequest', phrase('page.badCursor'));
};
