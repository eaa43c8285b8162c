import { t } from '@vscode/l10n';
import type { DebugTarget, RunningTarget } from '../../../server/api/debugging.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { partOf } from '../../shown/plainLine.ts';
import { placeName, type WaitingSession } from './waitingSession.ts';

/** Who waits in a session, as far as that is known. */
export interface Waiter {
  readonly session: WaitingSession;
  readonly worker: { readonly clusterId: string; readonly hostname: string } | null;
  /** Null: the worker could not be asked. */
  readonly target: DebugTarget | null;
  readonly task: RunningTarget | null;
}

/** The worker whose process it is: the session stands in it or, with a pool of processes, in a child of it. */
export const workerOf = (
  { process }: WaitingSession,
  clusters: Iterable<Pick<ClusterSnapshot, 'clusterId' | 'workers'>>,
): Waiter['worker'] => {
  if (!process) return null;
  for (const { clusterId, workers } of clusters)
    for (const { hostname, pid, status } of Object.values(workers)) {
      if (pid === null || pid <= 1 || status === 'offline') continue;
      if (pid === process.pid || pid === process.parentPid) return { clusterId, hostname };
    }
  return null;
};

/**
 * Of the tasks that a worker runs the one in that process. One that stands in its main process cannot answer: with a
 * single running task, as its events tell, it is that one.
 */
export const taskOf = (
  { process }: WaitingSession,
  { running }: Pick<DebugTarget, 'running'>,
): RunningTarget | null => {
  const byPid = running.filter(({ pid }) => pid !== null && pid === process?.pid);
  const [only, ...others] = byPid.length > 0 ? byPid : running.filter(({ pid }) => pid === null);
  return only && others.length === 0 ? only : null;
};

/** What of a row may wait; null: nothing of it. */
export interface WaitingSubject {
  readonly taskId: string | null;
  readonly pid: number | null;
}

export const waitingSubject = ({ taskId, pid }: WaitingSubject): WaitingSubject | null =>
  taskId === null && pid === null ? null : { taskId, pid };

export const isAbout = ({ session, task }: Waiter, { taskId, pid }: WaitingSubject): boolean =>
  taskId === null ? pid !== null && session.process?.pid === pid : task?.id === taskId;

const shownIdLength = 8;

/** "orders.charge (3f2a91c0…) on api@lab", or the place alone. */
export const waiterWords = ({ session, worker, task }: Waiter): string => {
  if (!task)
    return worker ? t('A task on {0}', partOf(worker.hostname)) : t('A task at {0}', partOf(placeName(session.place)));
  const name = `${partOf(task.name ?? t('unknown task'))} (${partOf(task.id.slice(0, shownIdLength))}…)`;
  return worker ? t('{0} on {1}', name, partOf(worker.hostname)) : name;
};
