import type { Cluster } from '../../cluster/cluster.ts';

export interface Asked {
  /** Its outlet covers what a page is made from: in columns and cut lines, names stand beside their values no more. */
  readonly cluster: Cluster;
  readonly now: number;
}
