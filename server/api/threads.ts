import type { HeldTask } from './workerDetail.ts';

/** Where a process writes what it says on its standard error. */
export type ProcessOutput =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'terminal'; readonly path: string }
  /** To another process: a container's log, the journal, a supervisor. */
  | { readonly kind: 'pipe' }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'unknown' };

/** A worker of which somebody wants to know what its threads do, and how that can be found out. */
export interface DumpTarget {
  readonly hostname: string;
  readonly pid: number | null;
  /** Why it is not, or not surely, a process of this machine; null: it is. */
  readonly problem: string | null;
  readonly output: ProcessOutput;
  /** "prefork"; null: it did not say. */
  readonly pool: string | null;
  /** The processes of its pool, as it said itself. */
  readonly children: readonly number[];
  /** The files of this machine that the user's settings name as its log. */
  readonly logFiles: readonly string[];
  /** What it runs now; a task of a pool's child has that child's pid. */
  readonly running: readonly HeldTask[];
}

export interface DumpThreadsParams {
  readonly clusterId: string;
  readonly hostname: string;
  /** Files into which its output goes, where the system does not tell, as patterns. */
  readonly logFiles: readonly string[];
}

/** One call in a thread. */
export interface DumpedFrame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** The line of code; empty where it is not known. */
  readonly code: string;
}

export interface DumpedThread {
  readonly name: string;
  /** The outermost call first, as Python writes them. */
  readonly frames: readonly DumpedFrame[];
  /** The variables of the innermost call, as text; empty where they are not known. */
  readonly locals: string;
  /** The task that runs in it; `id` is null where several could be meant. */
  readonly task: { readonly name: string; readonly id: string | null } | null;
}

export interface DumpedProcess {
  readonly pid: number;
  readonly threads: readonly DumpedThread[];
}

export interface ThreadDump {
  readonly target: DumpTarget;
  readonly takenAt: number;
  /** The file it was read from; null: what was read goes elsewhere, where nobody here can read it. */
  readonly source: string | null;
  readonly processes: readonly DumpedProcess[];
}
