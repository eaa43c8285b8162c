/** The process that a debugger is to be attached to, as its worker and this machine tell of it. */
export interface DebugTargetParams {
  readonly clusterId: string;
  /** Null: the worker that has the task. */
  readonly hostname: string | null;
  readonly taskId: string | null;
}

/**
 * Where a worker runs. `here`: it is a process of this machine, alive and of the right age. `container`: it is seen from
 * here, under another process id. `elsewhere`: no process here is it. `unknown`: nothing tells.
 */
export type WorkerPlace = 'here' | 'container' | 'elsewhere' | 'unknown';

export interface DebugTarget {
  readonly hostname: string;
  readonly place: WorkerPlace;
  /** As the worker sees it: another number than here when it runs in a container. */
  readonly mainPid: number | null;
  /** "prefork", "solo", "threads", "gevent"…; null: it did not say. */
  readonly pool: string | null;
  /** The processes of its pool; null: it has none of its own, so that every task runs in the main process. */
  readonly childPids: readonly number[] | null;
  /** The task that was asked for, where it runs now; null: none was, or it does not. */
  readonly task: RunningTarget | null;
  /** Everything it runs now. */
  readonly running: readonly RunningTarget[];
  /** What it has taken from its queues and not begun. */
  readonly reserved: number | null;
  readonly visibilityTimeoutSeconds: number | null;
  /** Those of its processes in which debugpy listens, as far as this machine can see. */
  readonly listeners: readonly DebugListener[];
  /** Why the worker itself did not answer, so that this is what events told; null: it did. */
  readonly problem: string | null;
}

/** A task in one of its processes, and what ends it while somebody looks at it. Times are milliseconds since 1970. */
export interface RunningTarget {
  readonly id: string;
  readonly name: string | null;
  readonly pid: number | null;
  /** When its worker got it: from then on the broker waits for its acknowledgement. */
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly hardLimitSeconds: number | null;
  readonly softLimitSeconds: number | null;
  /** Whether its message is acknowledged only when it has ended; null: it is not known. */
  readonly acksLate: boolean | null;
}

/** Where debugpy listens for one process. */
export interface DebugListener {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
}

/** Why no debugger can be brought into a process of this machine. */
export type ReachObstacle = 'gone' | 'otherUser' | 'noGdb' | 'gdbFails' | 'ptraceForbidden';

export interface ProcessReach {
  /** The interpreters that may be its own, the likeliest first. */
  readonly pythons: readonly string[];
  readonly obstacle: ReachObstacle | null;
}

export interface ProbeParams {
  readonly host: string;
  /** The first of the ports, and how many there are. */
  readonly port: number;
  readonly count: number;
}

/** What answers at a port: debugpy in a process, debugpy with a debugger at it already, something else, or nothing. */
export type ProbedPort =
  | { readonly kind: 'process'; readonly port: number; readonly pid: number }
  | { readonly kind: 'taken' | 'stranger' | 'closed'; readonly port: number };
