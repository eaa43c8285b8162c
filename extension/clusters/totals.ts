import type { ClusterSnapshot } from '../../server/api/model.ts';

type Queues = ClusterSnapshot['queues'];

/** Rows ask this many times of the same thousands of queues, which change every few seconds. */
const known = new WeakMap<Queues, number | null>();

/** How many messages wait in all of them; null: no broker has told of any. */
export const readyIn = (queues: Queues): number | null => {
  const last = known.get(queues);
  if (last !== undefined) return last;
  let total: number | null = null;
  for (const { ready } of Object.values(queues)) if (ready !== null) total = (total ?? 0) + ready;
  known.set(queues, total);
  return total;
};

export const countWorkers = ({ workers }: ClusterSnapshot) => {
  let alive = 0;
  let lost = 0;
  let offline = 0;
  for (const worker of Object.values(workers)) {
    if (worker.status === 'lost') lost += 1;
    else if (worker.status === 'offline') offline += 1;
    else alive += 1;
  }
  return { alive, lost, offline };
};
