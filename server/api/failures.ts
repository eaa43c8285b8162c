import type { Failure } from './history.ts';

/** Failures that have the same cause, as far as their exception, the line that raised it and the task tell. */
export interface FailureGroup {
  /** The fingerprint: the same for the same cause, also after a restart and in another window. */
  readonly id: string;
  /** Null while only a worker's later events, which do not name it, were heard. */
  readonly taskName: string | null;
  /** The exception's class as Celery names it; `WorkerLostError`, `TimeLimitExceeded`, `NotRegistered` among them. */
  readonly exceptionType: string;
  /** What the exception said the last time. */
  readonly message: string;
  /** The innermost frame of the user's own code; null: there was no traceback, or none of it is the user's. */
  readonly frame: TracebackFrame | null;
  readonly count: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** Those it happened on most recently, at most ten, the last one first. */
  readonly workers: readonly string[];
  readonly lastTaskId: string;
  /** Failures since somebody last marked the group as seen; those while it is muted do not count. */
  readonly unseen: number;
  readonly mute: FailureMute | null;
  /** Failures in each of 60 minutes, oldest first; the last is that of `lastSeenAt`. */
  readonly perMinute: readonly number[];
}

/** One step of a traceback, as the worker's machine names it. */
export interface TracebackFrame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

/** `change`: until the message, the line or the worker is another than before. */
export type FailureMute =
  | { readonly kind: 'until'; readonly at: number }
  | { readonly kind: 'change' }
  | { readonly kind: 'forever' };

/** One failed run of a group: what the history keeps of it, and what the task was called with. */
export interface FailureOccurrence extends Failure {
  /** Python reprs, cut by the producer at 1024 characters unless configured otherwise. */
  readonly args: string | null;
  readonly kwargs: string | null;
}

/** The newest first. */
export interface FailureOccurrencePage {
  readonly occurrences: readonly FailureOccurrence[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface FailureOccurrencesParams {
  readonly clusterId: string;
  readonly failureId: string;
  /** Default 50, at most 200. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface MarkFailuresSeenParams {
  readonly clusterId: string;
  /** Null: all. */
  readonly failureIds: readonly string[] | null;
}

export interface MuteFailuresParams {
  readonly clusterId: string;
  readonly failureIds: readonly string[];
  /** Null: not muted any more. */
  readonly mute: FailureMute | null;
}
