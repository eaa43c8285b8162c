/** What a worker holds at present: what it answered itself, or, where it did not answer, what its events told. */
export interface WorkerDetail {
  readonly hostname: string;
  readonly active: Holding<HeldTask>;
  readonly reserved: Holding<HeldTask>;
  readonly scheduled: Holding<HeldTask>;
  /** The names of the queues it consumes. */
  readonly queues: Holding<string>;
  readonly processes: Holding<PoolProcess>;
  /** "prefork"; null: it did not say. */
  readonly pool: string | null;
  readonly poolSize: number | null;
}

export interface Holding<T> {
  /** At most `holdingLimit`; null: nobody told. */
  readonly rows: readonly T[] | null;
  /** How many there are, shown or not. */
  readonly total: number | null;
  /** Why the worker itself did not tell: it is silent, or refused. Null: it did. */
  readonly problem: string | null;
}

export const holdingLimit = 200;

/** A task in a worker's hands. Times are milliseconds since 1970, by the worker's clock. */
export interface HeldTask {
  readonly id: string;
  readonly name: string | null;
  readonly queue: string | null;
  readonly startedAt: number | null;
  /** As the worker writes it, for a task that waits for its time. */
  readonly eta: string | null;
  readonly priority: number | null;
  readonly pid: number | null;
  /** Its arguments as text; empty: it has none. */
  readonly args: string;
}

/** A process of a worker's pool and, where it is known, the task it runs. */
export interface PoolProcess {
  readonly pid: number;
  readonly task: HeldTask | null;
}

/** Workers of which no heartbeat was heard, although they have a mailbox at the broker. */
export interface QuietWorkers {
  /** They live: they answer when asked. */
  readonly answering: readonly string[];
  readonly silent: readonly string[];
}

/** What one task type has done in the last hour. */
export interface TaskTypeFigures {
  readonly name: string;
  /** Runs that ended. */
  readonly runs: number;
  readonly failed: number;
  readonly retried: number;
  /** Share of the runs that failed; null when none ended. */
  readonly failureRate: number | null;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  readonly waitP95Seconds: number | null;
  /** Runs that ended per second, over the last five minutes. */
  readonly perSecond: number;
  /** How many run now, by their events. */
  readonly running: number;
  /** How many are sent, received or to be retried, as far as they are in memory. */
  readonly waiting: number;
  /** As workers write it: `10/m`; null: none is known. */
  readonly rateLimit: string | null;
}
