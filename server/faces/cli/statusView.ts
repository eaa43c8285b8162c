import type { ClusterSnapshot } from '../../api/model.ts';
import type { GroupStats } from '../../api/tasks.ts';
import type { Cluster } from '../../cluster/cluster.ts';

/** Everything the status shows, of one moment. */
export interface StatusView {
  readonly snapshot: ClusterSnapshot;
  readonly queues: readonly GroupStats[];
  readonly types: readonly GroupStats[];
  readonly workers: readonly GroupStats[];
  readonly now: number;
}

export const viewOf = (cluster: Cluster): StatusView => {
  const now = Date.now();
  return {
    snapshot: cluster.snapshot(),
    queues: cluster.state.queueStats(now),
    types: cluster.state.typeStats(now),
    workers: cluster.state.workerStats(now),
    now,
  };
};
