import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { QuietWorkers, TaskTypeFigures, WorkerDetail } from '../../server/api/workerDetail.ts';
import type { NameOrder } from './nameOrder.ts';

/** Everything the Clusters tree is made from, as it is now. */
export interface ClusterForest {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  /** Connections that cannot be opened, with the reason. */
  readonly unusable: ReadonlyMap<string, string>;
  /** Where each connection comes from, in a sentence. */
  readonly sources: ReadonlyMap<string, string>;
  /** What workers hold, by `workerKey`; only of those that were opened. */
  readonly details: ReadonlyMap<string, WorkerDetail>;
  /** By cluster; only of those whose task types were looked at. */
  readonly taskTypes: ReadonlyMap<string, readonly TaskTypeFigures[]>;
  /** Workers that have a mailbox and whose heartbeats were never heard, by cluster. */
  readonly quietWorkers: ReadonlyMap<string, QuietWorkers>;
  /** How many rows are shown below a row of which more were asked for, by its key. */
  readonly shown: ReadonlyMap<string, number>;
  /** Only workers, queues and task types whose name has this in it; empty: all. */
  readonly filter: string;
  /** The tasks that wait in rdb, by id. */
  readonly standing: ReadonlySet<string>;
  readonly order: NameOrder;
}

interface WorkerPlace {
  readonly clusterId: string;
  readonly hostname: string;
}

export const workerKey = ({ clusterId, hostname }: WorkerPlace): string => `worker:${clusterId}:${hostname}`;

export const detailOf = ({ details }: ClusterForest, place: WorkerPlace): WorkerDetail | null =>
  details.get(workerKey(place)) ?? null;

export const passes = ({ filter }: ClusterForest, name: string): boolean =>
  filter === '' || name.toLowerCase().includes(filter.toLowerCase());
