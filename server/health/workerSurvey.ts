import { isRecord } from '../celery/isRecord.ts';
import { poolSizeOf } from '../celery/poolSize.ts';
import { wordOf } from '../celery/wordOf.ts';

/** What one worker says of itself when asked: `stats`, `conf`, `registered`, `active` (celery/worker/control.py). */
export interface WorkerSurvey {
  readonly hostname: string;
  /** When it last answered; null: never. */
  readonly answeredAt: number | null;
  /** Questions since then. */
  readonly missed: number;
  readonly stats: WorkerStats | null;
  /** Of the poll before, for what is used up in between. */
  readonly before: { readonly at: number; readonly cpuSeconds: number } | null;
  readonly settings: WorkerSettings | null;
  readonly limits: ReadonlyMap<string, TaskLimits>;
  readonly active: readonly ActiveTask[];
}

export interface WorkerStats {
  readonly pid: number | null;
  readonly uptimeSeconds: number | null;
  /** "prefork", "solo", "threads" …; null where it does not say. */
  readonly pool: string | null;
  readonly concurrency: number | null;
  readonly prefetchCount: number | null;
  /** How many tasks it has started, of all types. */
  readonly begun: number | null;
  /** The pool's own limits, as its command line or its settings gave them; null: none. */
  readonly timeLimitSeconds: number | null;
  readonly softTimeLimitSeconds: number | null;
  /** Of the main process. */
  readonly peakMemoryBytes: number | null;
  readonly cpuSeconds: number | null;
}

export interface WorkerSettings {
  readonly maxMemoryPerChildBytes: number | null;
  readonly hasResultBackend: boolean;
  readonly timeLimitSeconds: number | null;
  readonly softTimeLimitSeconds: number | null;
  readonly acksLate: boolean;
  /** Whether a task that is acknowledged late runs again when it has exceeded its hard time limit. */
  readonly requeuesTimeouts: boolean;
  readonly isEager: boolean;
  readonly sendsTaskEvents: boolean;
  readonly visibilityTimeoutSeconds: number | null;
}

export interface TaskLimits {
  readonly timeLimitSeconds: number | null;
  readonly softTimeLimitSeconds: number | null;
  readonly acksLate: boolean | null;
}

export interface ActiveTask {
  readonly id: string;
  readonly name: string | null;
  readonly startedAt: number | null;
}

/** What `registered` is asked for, so that it tells of limits. */
export const limitItems = ['time_limit', 'soft_time_limit', 'acks_late'];

export const readStats = (value: unknown, system: string | null): WorkerStats | null => {
  if (!isRecord(value)) return null;
  const pool = isRecord(value['pool']) ? value['pool'] : {};
  const usage = isRecord(value['rusage']) ? value['rusage'] : {};
  const [soft = null, hard = null] = Array.isArray(pool['timeouts']) ? pool['timeouts'].map(limitOf) : [];
  const peak = numberOf(usage['maxrss']);
  const user = numberOf(usage['utime']);
  const own = numberOf(usage['stime']);
  return {
    pid: numberOf(value['pid']),
    uptimeSeconds: numberOf(value['uptime']),
    pool: poolOf(pool['implementation']),
    concurrency: poolSizeOf(pool),
    prefetchCount: numberOf(value['prefetch_count']),
    begun: sumOf(value['total']),
    timeLimitSeconds: hard,
    softTimeLimitSeconds: soft,
    // getrusage counts in kilobytes, but on macOS in bytes.
    peakMemoryBytes: peak === null ? null : peak * (system === 'Darwin' ? 1 : 1_024),
    cpuSeconds: user === null || own === null ? null : user + own,
  };
};

export const readSettings = (value: unknown): WorkerSettings | null => {
  if (!isRecord(value)) return null;
  const backend = value['result_backend'];
  const transport = value['broker_transport_options'];
  const perChild = numberOf(value['worker_max_memory_per_child']);
  return {
    maxMemoryPerChildBytes: perChild === null ? null : perChild * 1_024,
    hasResultBackend: typeof backend === 'string' && backend !== '' && !backend.startsWith('disabled'),
    timeLimitSeconds: numberOf(value['task_time_limit']),
    softTimeLimitSeconds: numberOf(value['task_soft_time_limit']),
    acksLate: value['task_acks_late'] === true,
    // Celery 5.7 has a setting for each; the old one stands for both.
    requeuesTimeouts: (value['task_acks_on_timeout'] ?? value['task_acks_on_failure_or_timeout']) === false,
    isEager: value['task_always_eager'] === true,
    sendsTaskEvents: value['worker_send_task_events'] === true,
    visibilityTimeoutSeconds: isRecord(transport) ? numberOf(transport['visibility_timeout']) : null,
  };
};

/** "shop.charge [time_limit=30 acks_late=True]". */
export const readLimits = (value: unknown): ReadonlyMap<string, TaskLimits> => {
  const limits = new Map<string, TaskLimits>();
  for (const line of Array.isArray(value) ? value : []) {
    const [, name, listed = ''] = /^(\S+)(?: \[(.*)\])?$/.exec(wordOf(line)) ?? [];
    if (name === undefined) continue;
    const fields = new Map(listed.split(' ').map((field) => field.split('=', 2) as [string, string | undefined]));
    const acksLate = fields.get('acks_late');
    limits.set(name, {
      timeLimitSeconds: numberIn(fields.get('time_limit')),
      softTimeLimitSeconds: numberIn(fields.get('soft_time_limit')),
      acksLate: acksLate === undefined || acksLate === 'None' ? null : acksLate === 'True',
    });
  }
  return limits;
};

export const readActive = (value: unknown): readonly ActiveTask[] =>
  (Array.isArray(value) ? value : []).filter(isRecord).flatMap(({ id, name, time_start: start }) => {
    if (typeof id !== 'string') return [];
    const seconds = numberOf(start);
    return [{ id, name: typeof name === 'string' ? name : null, startedAt: seconds === null ? null : seconds * 1_000 }];
  });

/** "celery.concurrency.prefork:TaskPool" → "prefork". */
const poolOf = (implementation: unknown): string | null =>
  typeof implementation === 'string' && implementation.includes(':')
    ? implementation.slice(0, implementation.lastIndexOf(':')).split(/[.:]/).at(-1) || null
    : null;

/** Zero stands for none. */
const limitOf = (value: unknown): number | null => numberOf(value) || null;

const numberIn = (text: string | undefined): number | null =>
  text === undefined || text === '' || !Number.isFinite(Number(text)) ? null : Number(text);

/** `total`: {"orders.charge": 12, …}. */
const sumOf = (counts: unknown): number | null =>
  isRecord(counts) ? Object.values(counts).reduce((sum: number, count) => sum + (numberOf(count) ?? 0), 0) : null;

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
