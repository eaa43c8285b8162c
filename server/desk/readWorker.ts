import type { Cluster } from '../cluster/cluster.ts';
import { type WorkerFacts, workerQuestions } from '../text/answers/workerPage.ts';
import { inspectWorkers } from './inspectWorkers.ts';

const shownFailures = 10;

/** Asks one worker at once for all that its page shows. */
export const readWorker = async (
  cluster: Pick<Cluster, 'operations' | 'outlet' | 'state'>,
  hostname: string,
): Promise<WorkerFacts> => {
  const { outlet, state } = cluster;
  const asked = workerQuestions.map(async (method) => {
    const words = method === 'conf' ? ['with_defaults=yes'] : [];
    const { outcome } = await inspectWorkers(cluster, { method, words, destination: [hostname] });
    return [method, outcome.replies.find((reply) => reply.hostname === hostname)] as const;
  });
  const replies = await Promise.all(asked);
  const values = replies.flatMap(([method, reply]) => (reply?.kind === 'answered' ? [[method, reply.value]] : []));
  const failed = state.tasks.page({ states: ['FAILURE'], workers: [hostname], limit: shownFailures });
  return {
    hostname,
    worker: state.workers.get(hostname),
    replies: outlet.answer(Object.fromEntries(replies)),
    values: outlet.answer(Object.fromEntries(values)),
    failures: outlet.answer(failed.tasks),
  };
};
