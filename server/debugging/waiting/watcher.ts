import type { Worker } from '../../api/model.ts';
import type { WaitingSession } from '../../api/waiting.ts';

/** A session as this machine shows it, before its worker was asked. */
export type SeenSession = Omit<WaitingSession, 'hostname' | 'task'>;

export interface SeenOfWorker {
  readonly session: SeenSession;
  /** Null: the process is no known worker's. */
  readonly hostname: string | null;
}

/** A cluster that wants to know which of its tasks wait. */
export interface Watcher {
  readonly workers: Iterable<Pick<Worker, 'hostname' | 'pid' | 'status'>>;
  /** Whether somebody follows the cluster now; nobody looks for its own sake. */
  readonly isFollowed: boolean;
  /** After each look: the sessions of its workers, and those of nobody's. */
  take(seen: readonly SeenOfWorker[]): void;
}

/** The worker whose process it is: the session stands in it or, with a pool of processes, in a child of it. */
export const workerOf = ({ process }: SeenSession, workers: Watcher['workers']): string | null => {
  if (!process) return null;
  for (const { hostname, pid, status } of workers) {
    if (pid === null || pid <= 1 || status === 'offline') continue;
    if (pid === process.pid || pid === process.parentPid) return hostname;
  }
  return null;
};
