import type { ClusterForest } from '../../../../extension/clusters/clusterForest.ts';
import type { ClusterNode, HoldingKind } from '../../../../extension/clusters/clusterNode.ts';
import { clusterRows } from '../../../../extension/clusters/clusterRows.ts';
import { NameOrder } from '../../../../extension/clusters/nameOrder.ts';
import type { ClusterSnapshot, Queue, Worker } from '../../../../server/api/model.ts';
import type { HeldTask, Holding, WorkerDetail } from '../../../../server/api/workerDetail.ts';
import { aSnapshot } from '../../aSnapshot.ts';

export const now = 10_000;

export const forestOf = (snapshot: ClusterSnapshot, parts: Partial<ClusterForest> = {}): ClusterForest => ({
  snapshots: new Map([[snapshot.clusterId, snapshot]]),
  unusable: new Map(),
  sources: new Map(),
  details: new Map(),
  taskTypes: new Map(),
  quietWorkers: new Map(),
  shown: new Map(),
  filter: '',
  order: new NameOrder(),
  standing: new Set(),
  ...parts,
});

const clusterId = 'orders';

/** The nodes of the connection "orders". */
export const nodes = {
  connection: { kind: 'connection', clusterId },
  workers: { kind: 'workers', clusterId },
  workerGroup: (group: string) => ({ kind: 'workerGroup', clusterId, group }),
  worker: (hostname: string) => ({ kind: 'worker', clusterId, hostname }),
  holding: (hostname: string, list: HoldingKind) => ({ kind: 'holding', clusterId, hostname, list }),
  queues: { kind: 'queues', clusterId },
  emptyQueues: { kind: 'emptyQueues', clusterId },
  queue: (queueName: string) => ({ kind: 'queue', clusterId, queueName }),
  taskTypes: { kind: 'taskTypes', clusterId },
} as const satisfies Record<string, ClusterNode | ((...names: never[]) => ClusterNode)>;

export const childrenOf = (forest: ClusterForest, node: ClusterNode | undefined): readonly ClusterNode[] =>
  clusterRows(forest).children(node);
export const parentOf = (forest: ClusterForest, node: ClusterNode): ClusterNode | undefined =>
  clusterRows(forest).parent(node);
export const lookOf = (forest: ClusterForest, node: ClusterNode, at: number = now) => ({
  description: '',
  ...clusterRows(forest).look(node, at),
});

export const withWorkers = (...workers: readonly Worker[]): ClusterSnapshot =>
  aSnapshot({ workers: Object.fromEntries(workers.map((each) => [each.hostname, each])) });

export const withQueues = (...queues: readonly Queue[]): ClusterSnapshot =>
  aSnapshot({ queues: Object.fromEntries(queues.map((each) => [each.name, each])) });

export const aQueue = (parts: Partial<Queue> = {}): Queue => ({
  name: 'emails',
  exists: true,
  ready: 132,
  unacked: 8,
  consumers: 4,
  updatedAt: 9_000,
  growthPerSecond: 3.14,
  drainSeconds: null,
  workers: ['celery@one'],
  ...parts,
});

export const aHeldTask = (parts: Partial<HeldTask> = {}): HeldTask => ({
  id: '3f2a8c41-0000-4000-8000-000000000001',
  name: 'orders.charge',
  queue: 'orders',
  startedAt: null,
  eta: null,
  priority: 0,
  pid: null,
  args: '[7]',
  ...parts,
});

export const holding = <T>(rows: readonly T[] | null, problem: string | null = null): Holding<T> => ({
  rows,
  total: rows?.length ?? null,
  problem,
});

export const aDetail = (parts: Partial<WorkerDetail> = {}): WorkerDetail => ({
  hostname: 'celery@one',
  active: holding<HeldTask>([]),
  reserved: holding<HeldTask>([]),
  scheduled: holding<HeldTask>([]),
  queues: holding<string>(['celery']),
  processes: holding([{ pid: 4712, task: null }]),
  pool: 'prefork',
  poolSize: 8,
  ...parts,
});
