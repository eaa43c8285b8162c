import type { RdbPlace } from './rdbPlace.ts';
import type { RdbWords } from './rdbReader.ts';

/**
 * A task of this machine that stopped in Celery's remote debugger (rdb), and hangs until somebody attaches. Times are
 * milliseconds since 1970.
 */
export interface WaitingSession {
  /** Another one for each stop, also at the same place. */
  readonly id: string;
  readonly place: RdbPlace;
  /** The process it stands in and the one above it, where this machine knows them. */
  readonly process: { readonly pid: number; readonly parentPid: number } | null;
  /** Since when it is known. */
  readonly since: number;
  /** The worker whose process it is; null: no known worker's. Such a session is part of every cluster's snapshot. */
  readonly hostname: string | null;
  /** The task that waits; null: its worker did not tell. */
  readonly task: { readonly id: string; readonly name: string | null } | null;
}

/** What somebody has heard of debuggers, and asks who waits now. */
export interface LookForRdbParams {
  readonly heard: readonly RdbWords[];
}

/** A session, and the cluster of its worker; null: no open cluster's. */
export interface FoundWaiting {
  readonly clusterId: string | null;
  readonly session: WaitingSession;
}

/** Patterns of log files that the user's settings name, read only after the workspace is trusted. */
export interface FollowLogsParams {
  readonly patterns: readonly string[];
}

export interface RdbListenersParams {
  /** The first of the ports, and how many there are. */
  readonly port: number;
  readonly count: number;
}
