import type { Phrase } from './phrase.ts';
import type { Quantiles, TaskState } from './tasks.ts';

/** What outlives the backend. Times are milliseconds since 1970. */
export interface HistoryStatus {
  /** `file`: kept on disk. `memory`: gone with the backend; `notices` say why. */
  readonly kind: 'file' | 'memory';
  readonly path: string | null;
  /** What went wrong and what became of it, newest last. */
  readonly notices: readonly HistoryNotice[];
  /** Ended tasks that were written. */
  readonly written: number;
  /** Ended tasks that were not: the disk did not keep up, or they could not be written; `notices` say which. */
  readonly dropped: number;
}

export interface HistoryNotice {
  readonly at: number;
  readonly sentence: string;
}

/** One failed run of a task: its end, or an attempt that was tried again. */
export interface Failure {
  readonly taskId: string;
  readonly at: number;
  readonly retried: boolean;
  readonly name: string | null;
  readonly worker: string | null;
  readonly queue: string | null;
  /** The exception's class: what stands before the first bracket of its repr. */
  readonly kind: string | null;
  readonly exception: string | null;
  readonly traceback: string | null;
}

export interface FailureQuery {
  readonly taskIds?: readonly string[];
  /** Whole names, or patterns with `*`; likewise the others. */
  readonly names?: readonly string[];
  readonly workers?: readonly string[];
  readonly queues?: readonly string[];
  readonly kinds?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  /** Default: attempts that were tried again are not listed. */
  readonly withRetries?: boolean;
  /** Default 50, at most 1000. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Newest first. */
export interface FailurePage {
  readonly failures: readonly Failure[];
  readonly nextCursor: string | null;
}

export interface RollupQuery {
  readonly kind: 'type' | 'queue' | 'worker';
  /** Whole names, or patterns with `*`; left out: all. */
  readonly names?: readonly string[];
  readonly from: number;
  /** Default: now. */
  readonly to?: number;
  /** Whole minutes; default 60. */
  readonly stepSeconds?: number;
}

/** What one step of time brought to one task type, queue or worker. Steps without anything are left out. */
export interface Rollup {
  readonly name: string;
  readonly at: number;
  readonly sent: number;
  readonly received: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly retried: number;
  readonly revoked: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly runtime: Quantiles;
  readonly wait: Quantiles;
}

export interface AlertEntry {
  readonly id: string;
  readonly rule: string;
  /** What it is about: a worker, a queue, a task type. */
  readonly subject: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly raisedAt: number;
  readonly resolvedAt: number | null;
  readonly sentence: string;
  /** Left out of entries that an older version stored. */
  readonly phrase?: Phrase;
}

/** Who did what where, and what came of it. */
export interface AuditEntry {
  readonly at: number;
  readonly who: string;
  /** Such as `revoke`. */
  readonly action: string;
  /** Such as a task's id, a worker, a queue. */
  readonly target: string;
  /** Secrets in it are not kept. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly outcome: 'done' | 'partly' | 'refused' | 'failed' | 'cancelled';
  readonly sentence: string | null;
}

/** Of alerts and of the audit: the newest first. */
export interface JournalQuery {
  readonly from?: number;
  readonly to?: number;
  /** Default 100, at most 1000. */
  readonly limit?: number;
}

/** How a state reads that ends a task. */
export const endStates: readonly TaskState[] = ['SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED'];
