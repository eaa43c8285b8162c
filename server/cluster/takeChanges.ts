import type { Change } from '../api/change.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { BeatBook } from './beatBook.ts';
import type { FailureDesk } from './failureDesk.ts';
import type { HealthDesk } from './healthDesk.ts';
import type { Lifeline } from './lifeline.ts';
import type { QueueBook } from './queueBook.ts';
import type { WaitingDesk } from './waitingDesk.ts';

interface Books {
  readonly lifeline: Lifeline;
  readonly state: ClusterState;
  readonly beats: BeatBook;
  readonly queues: QueueBook;
  readonly failures: FailureDesk;
  readonly health: HealthDesk;
  readonly waiting: WaitingDesk;
}

/** What has changed in all books of a cluster since this was last asked, in the order in which it is to be applied. */
export const takeChanges = ({ lifeline, state, beats, queues, failures, health, waiting }: Books): Change[] => {
  const changes = lifeline.takeChanges();
  const workers = state.takeWorkerChanges();
  for (const worker of workers.changed) changes.push({ kind: 'worker', worker });
  for (const hostname of workers.gone) changes.push({ kind: 'workerGone', hostname });
  const answering = beats.takeChanges();
  for (const beat of answering.changed) changes.push({ kind: 'beat', beat });
  for (const hostname of answering.gone) changes.push({ kind: 'beatGone', hostname });
  const depths = queues.takeChanges();
  for (const queue of depths.changed) changes.push({ kind: 'queue', queue });
  for (const name of depths.gone) changes.push({ kind: 'queueGone', name });
  const groups = failures.takeChanges();
  for (const group of groups.changed) changes.push({ kind: 'failure', group });
  for (const id of groups.gone) changes.push({ kind: 'failureGone', id });
  const judged = health.takeChanges();
  for (const alert of judged.changed) changes.push({ kind: 'alert', alert });
  for (const id of judged.gone) changes.push({ kind: 'alertGone', id });
  if (judged.verdict) changes.push({ kind: 'verdict', verdict: judged.verdict });
  const sessions = waiting.takeChanges();
  for (const session of sessions.changed) changes.push({ kind: 'waiting', session });
  for (const id of sessions.gone) changes.push({ kind: 'waitingGone', id });
  return changes;
};
