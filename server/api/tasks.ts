/**
 * Tasks, and what the engine knows about them in sum. Times are milliseconds since 1970. What a task's own events say
 * (`sentAt` … `rejectedAt`) is by the clock of the machine that sent them; `firstSeenAt` and `updatedAt` are by ours.
 */

/** Celery's states; a custom event `task-progress` makes the state PROGRESS, so others occur. */
export type TaskState =
  | 'PENDING'
  | 'RECEIVED'
  | 'STARTED'
  | 'SUCCESS'
  | 'FAILURE'
  | 'RETRY'
  | 'REVOKED'
  | 'REJECTED'
  | (string & {});

/** One row of a task list. Long texts are cut at `summaryTextLimit`; `Task` has them whole. */
export interface TaskSummary {
  readonly id: string;
  readonly state: TaskState;
  /** Null while no event told it: a worker's later events name only the id. */
  readonly name: string | null;
  readonly worker: string | null;
  /** The process that sent it, where senders send events. */
  readonly client: string | null;
  readonly queue: string | null;
  /** Python reprs, cut by the producer at 1024 characters unless configured otherwise. */
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly result: string | null;
  readonly exception: string | null;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  /** When it reached SUCCESS, FAILURE, REVOKED or REJECTED; null while it is in another state. */
  readonly finishedAt: number | null;
  readonly firstSeenAt: number;
  readonly updatedAt: number;
  readonly runtimeSeconds: number | null;
  /** From when it could have run (sent or received, or its ETA) to its start. */
  readonly waitSeconds: number | null;
  readonly retries: number | null;
  readonly eta: string | null;
}

export const summaryTextLimit = 200;

export interface Task extends TaskSummary {
  readonly traceback: string | null;
  readonly expires: string | null;
  readonly exchange: string | null;
  readonly routingKey: string | null;
  readonly rootId: string | null;
  /** Never the task itself: a retry names itself as its parent, which is left out here. */
  readonly parentId: string | null;
  readonly childIds: readonly string[];
  readonly succeededAt: number | null;
  readonly failedAt: number | null;
  readonly retriedAt: number | null;
  readonly revokedAt: number | null;
  readonly rejectedAt: number | null;
  /** Why it was revoked, when it was. */
  readonly revocation: {
    readonly terminated: boolean;
    readonly expired: boolean;
    readonly signal: number | null;
  } | null;
}

export const taskSortColumns = [
  'updated',
  'id',
  'state',
  'name',
  'worker',
  'client',
  'queue',
  'args',
  'kwargs',
  'result',
  'exception',
  'sent',
  'received',
  'started',
  'finished',
  'runtime',
  'wait',
  'retries',
  'eta',
] as const;

export type TaskSortColumn = (typeof taskSortColumns)[number];

/** Which of a task's times a range is about. */
export type TaskTimeColumn = 'updated' | 'sent' | 'received' | 'started' | 'finished';

export interface TaskQuery {
  /** Any of these; left out or empty: all. */
  readonly states?: readonly TaskState[];
  /** Whole names, or patterns with `*`. */
  readonly names?: readonly string[];
  readonly workers?: readonly string[];
  readonly queues?: readonly string[];
  /**
   * Text that must occur in the name, worker, queue, sender, state, args, kwargs, result or exception, or that the id begins with. Capital and small ASCII letters
   * are the same.
   */
  readonly text?: string;
  /** A query such as `state:FAILURE runtime:>5s`; ages in it are counted from `at`. */
  readonly where?: { readonly query: string; readonly at: number };
  /** `from` ≤ time < `to`; tasks without that time are left out. */
  readonly time?: { readonly column: TaskTimeColumn; readonly from?: number; readonly to?: number };
  /** Default: last updated first. Tasks without a value come last either way. */
  readonly sort?: { readonly column: TaskSortColumn; readonly descending: boolean };
  /** Default 50, at most 1000. */
  readonly limit?: number;
  /** `nextCursor` of the page before, with the rest of the query unchanged. */
  readonly cursor?: string;
}

export interface TaskPage {
  readonly tasks: readonly TaskSummary[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** How many tasks match; null where the page was found without looking at all of them. */
  readonly matching: number | null;
  /** How many tasks are remembered. */
  readonly held: number;
}

/** A part of a long list, by its place in it. */
export interface TaskWindowQuery {
  readonly query: Omit<TaskQuery, 'limit' | 'cursor'>;
  readonly offset: number;
  /** At most 1000. */
  readonly limit: number;
  /** The order that an answer before named: rows keep their places in it. Null: as it is now. */
  readonly order: number | null;
  /** Whether long texts come whole. */
  readonly isWhole?: boolean;
  /** `history`: ended tasks that were kept, also from before; the latest ten thousand that match. Left out: those in memory. */
  readonly source?: 'memory' | 'history';
}

export interface TaskWindow {
  /** What to ask with for other parts of the same list; null: these are the first rows as they are now. */
  readonly order: number | null;
  readonly offset: number;
  /** Null: forgotten since the order was made. */
  readonly rows: readonly (TaskSummary | null)[];
  /** How many match. */
  readonly total: number;
  readonly held: number;
}

/** Quantiles in seconds; null without a single measurement. Within 2 % of the true value. */
export interface Quantiles {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** What happened within the last minutes. */
export interface WindowStats {
  readonly minutes: number;
  readonly sent: number;
  readonly received: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly retried: number;
  readonly revoked: number;
  readonly rejected: number;
  /** Failures by a time limit, soft or hard; also counted in `failed`. */
  readonly timedOut: number;
  /** Runs that ended (succeeded, failed, retried) per second. */
  readonly perSecond: number;
  /** Shares of the runs that ended; null when none did. */
  readonly successRate: number | null;
  readonly failureRate: number | null;
  readonly retryRate: number | null;
  readonly timeoutRate: number | null;
  readonly runtime: Quantiles;
  readonly wait: Quantiles;
}

/** The figures of one task type, one queue or one worker. */
export interface GroupStats {
  readonly name: string;
  /** Tasks remembered, by state. */
  readonly held: Readonly<Record<string, number>>;
  /** The last 1, 5, 15 and 60 minutes. */
  readonly windows: readonly WindowStats[];
  /** Runs that ended in each of the last 60 minutes, oldest first. */
  readonly perMinute: readonly number[];
  /** Mean runtime in seconds before the last hour, the last days weighing most; null until enough runs were seen. */
  readonly baselineSeconds: number | null;
}

export type SeriesMetric =
  | 'events'
  | 'sent'
  | 'received'
  | 'started'
  | 'succeeded'
  | 'failed'
  | 'retried'
  | 'revoked'
  | 'rejected'
  | 'timedOut'
  | 'running'
  | 'waiting'
  | 'workersOnline'
  | 'runtimeMean'
  | 'runtimeP50'
  | 'runtimeP95'
  | 'runtimeP99'
  | 'waitP95';

export interface SeriesQuery {
  readonly metrics: readonly SeriesMetric[];
  readonly from: number;
  /** Default: now. */
  readonly to?: number;
  /** Default: the finest that reaches back to `from`. Kept are 1 s for 15 min, 10 s for 3 h, 1 min for 7 days. */
  readonly stepSeconds?: 1 | 10 | 60;
}

export interface Series {
  readonly stepSeconds: number;
  /** The time of the first point; each point covers the step after its time. */
  readonly from: number;
  /** Counts are per step, gauges and quantiles at its end; null where nothing is known. */
  readonly points: Readonly<Partial<Record<SeriesMetric, readonly (number | null)[]>>>;
}
