import type { Redactor } from '../../api/redactor.ts';
import type { Cluster } from '../../cluster/cluster.ts';

export interface Asked {
  readonly cluster: Cluster;
  /** Takes secrets out of what tasks are called with. */
  readonly redactor: Redactor;
  readonly now: number;
}
