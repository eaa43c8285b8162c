import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { placeName } from '../../../server/api/rdbPlace.ts';
import type { FoundWaiting, WaitingSession } from '../../../server/api/waiting.ts';
import { partOf } from '../../shown/plainLine.ts';

/** Who waits in a session, as far as that is known. */
export interface Waiter {
  readonly session: WaitingSession;
  readonly worker: { readonly clusterId: string; readonly hostname: string } | null;
}

export const waiterOf = ({ clusterId, session }: FoundWaiting): Waiter => {
  const { hostname } = session;
  return { session, worker: clusterId === null || hostname === null ? null : { clusterId, hostname } };
};

/** Who waits by what the engine reports of its clusters. What is no known worker's is part of each of them. */
export const waitersIn = (
  snapshots: Iterable<Pick<ClusterSnapshot, 'clusterId' | 'waiting'>>,
): ReadonlyMap<string, Waiter> => {
  const waiters = new Map<string, Waiter>();
  for (const { clusterId, waiting } of snapshots)
    for (const session of Object.values(waiting))
      if (!waiters.get(session.id)?.worker) waiters.set(session.id, waiterOf({ clusterId, session }));
  return waiters;
};

/** What of a row may wait; null: nothing of it. */
export interface WaitingSubject {
  readonly taskId: string | null;
  readonly pid: number | null;
}

export const waitingSubject = ({ taskId, pid }: WaitingSubject): WaitingSubject | null =>
  taskId === null && pid === null ? null : { taskId, pid };

export const isAbout = ({ session }: Waiter, { taskId, pid }: WaitingSubject): boolean =>
  taskId === null ? pid !== null && session.process?.pid === pid : session.task?.id === taskId;

const shownIdLength = 8;

/** "orders.charge (3f2a91c0…) on api@lab", or the place alone. */
export const waiterWords = ({ session, worker }: Waiter): string => {
  const { task, place } = session;
  if (!task) return worker ? t('A task on {0}', partOf(worker.hostname)) : t('A task at {0}', partOf(placeName(place)));
  const name = `${partOf(task.name ?? t('unknown task'))} (${partOf(task.id.slice(0, shownIdLength))}…)`;
  return worker ? t('{0} on {1}', name, partOf(worker.hostname)) : name;
};
