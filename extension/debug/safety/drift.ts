import type { ClusterSnapshot } from '../../../server/api/model.ts';

/** What to add to the times of a worker to have ours. */
export const driftMsOf = (cluster: Pick<ClusterSnapshot, 'workers'> | null, hostname: string): number =>
  (cluster?.workers[hostname]?.clockDriftSeconds ?? 0) * 1_000;
