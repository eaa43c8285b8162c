import type { HeldTask } from '../api/workerDetail.ts';
import { isRecord } from './isRecord.ts';
import { poolSizeOf } from './poolSize.ts';

/** What `active` and `reserved` answer: a list of tasks (celery/worker/request.py: Request.info). */
export const readHeldTasks = (value: unknown): HeldTask[] => listOf(value).flatMap((info) => readTask(info, null));

/** What `scheduled` answers: the tasks that wait for their time, each in an entry with that time. */
export const readScheduledTasks = (value: unknown): HeldTask[] =>
  listOf(value).flatMap((entry) => (isRecord(entry) ? readTask(entry['request'], textOf(entry['eta'])) : []));

/** What `active_queues` answers, by name. */
export const readQueueNames = (value: unknown): string[] =>
  listOf(value).flatMap((each) => (isRecord(each) && typeof each['name'] === 'string' ? [each['name']] : []));

export interface PoolFacts {
  readonly pool: string | null;
  readonly size: number | null;
  /** Null: a pool without processes of its own, such as threads. */
  readonly pids: readonly number[] | null;
}

/** What `stats` says of the pool. */
export const readPool = (value: unknown): PoolFacts => {
  const pool = isRecord(value) ? value['pool'] : null;
  if (!isRecord(pool)) return { pool: null, size: null, pids: null };
  const implementation = textOf(pool['implementation']) ?? '';
  const pids = pool['processes'];
  return {
    // `celery.concurrency.prefork:TaskPool`
    pool: /concurrency\.(\w+)/.exec(implementation)?.[1] ?? (implementation || null),
    size: poolSizeOf(pool),
    pids: Array.isArray(pids) ? pids.filter((pid): pid is number => typeof pid === 'number') : null,
  };
};

const readTask = (info: unknown, eta: string | null): HeldTask[] => {
  if (!isRecord(info) || typeof info['id'] !== 'string') return [];
  const delivery = isRecord(info['delivery_info']) ? info['delivery_info'] : {};
  const startedSeconds = numberOf(info['time_start']);
  return [
    {
      id: info['id'],
      name: textOf(info['name']),
      queue: textOf(delivery['routing_key']),
      startedAt: startedSeconds === null ? null : startedSeconds * 1_000,
      eta: eta ?? textOf(info['eta']),
      priority: numberOf(delivery['priority']),
      pid: numberOf(info['worker_pid']),
      args: [info['args'], info['kwargs']].map(wordOf).filter(isTelling).join(' '),
    },
  ];
};

const longestArgs = 300;

const wordOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestArgs ? `${text.slice(0, longestArgs)}…` : text;
};

const isTelling = (word: string): boolean => !['', '[]', '{}', '()'].includes(word);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
