import type { ClusterSnapshot } from '../../server/api/model.ts';

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
