import { type ClusterSnapshot, isLiving } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';

/** What forms need about a worker; null where it did not answer. */
export interface WorkerFacts {
  readonly hostname: string;
  readonly queues: readonly string[] | null;
  readonly poolSize: number | null;
}

const askedAtOnce = 50;

/** Asks the living workers which queues they consume from and how large their pools are. */
export const readWorkerFacts = async (
  { clusterId, workers, queues }: ClusterSnapshot,
  hostname: string | null,
  backend: Pick<Parts['backend'], 'request'>,
): Promise<readonly WorkerFacts[]> => {
  const living = Object.values(workers)
    .filter(isLiving)
    .map((worker) => worker.hostname);
  const hostnames = (hostname === null ? living : [hostname]).sort();
  const asked = hostnames.slice(0, askedAtOnce);
  const details = await backend.request(requests.workerDetails, { clusterId, hostnames: asked });
  return hostnames.map((each) => {
    const detail = details.find((found) => found.hostname === each);
    const heard = Object.values(queues).filter((queue) => queue.workers.includes(each));
    return {
      hostname: each,
      queues: detail?.queues.rows ?? (heard.length > 0 ? heard.map(({ name }) => name) : null),
      poolSize: detail?.poolSize ?? null,
    };
  });
};

/** The queues that every one of these workers consumes from. */
export const queuesOfAll = (facts: readonly WorkerFacts[]): readonly string[] => {
  const [first, ...others] = facts;
  return (first?.queues ?? []).filter((queue) => others.every(({ queues }) => queues?.includes(queue)));
};

/** The queues that any of these workers consumes from; null where one of them did not answer. */
export const queuesOfAny = (facts: readonly WorkerFacts[]): readonly string[] | null => {
  const all = facts.map(({ queues }) => queues);
  return all.includes(null) ? null : [...new Set(all.flatMap((queues) => queues ?? []))].sort();
};
