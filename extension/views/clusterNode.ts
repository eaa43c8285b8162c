/** The lists below a worker. */
export type HoldingKind = 'active' | 'reserved' | 'scheduled' | 'queues' | 'processes';

export const holdingKinds: readonly HoldingKind[] = ['active', 'reserved', 'scheduled', 'queues', 'processes'];

/** What a connection says about itself in a row of its own. */
export type TroubleKind = 'lost' | 'blocked' | 'eventsOff' | 'noHeartbeats' | 'silentMailboxes' | 'eventsLost';

type GroupKind = 'connection' | 'workers' | 'queues' | 'emptyQueues' | 'taskTypes';

interface Place {
  readonly id: string;
  readonly clusterId: string;
}

/** A place in the Clusters tree. It only names its subject, so that it stays the same while the figures change. */
export type ClusterNode =
  | ({ readonly kind: 'unusable'; readonly name: string } & Place)
  | ({ readonly kind: GroupKind } & Place)
  | ({ readonly kind: 'trouble'; readonly trouble: TroubleKind } & Place)
  | ({ readonly kind: 'workerGroup'; readonly group: string } & Place)
  | ({ readonly kind: 'worker'; readonly hostname: string } & Place)
  | ({ readonly kind: 'holding'; readonly hostname: string; readonly list: HoldingKind } & Place)
  | ({ readonly kind: 'note'; readonly hostname: string; readonly list: HoldingKind | null } & Place)
  | ({
      readonly kind: 'task';
      readonly hostname: string;
      readonly list: HoldingKind;
      readonly taskId: string;
      readonly taskName: string | null;
    } & Place)
  | ({ readonly kind: 'process'; readonly hostname: string; readonly pid: number } & Place)
  | ({ readonly kind: 'consumed'; readonly hostname: string; readonly queueName: string } & Place)
  | ({ readonly kind: 'queue'; readonly queueName: string } & Place)
  | ({ readonly kind: 'taskType'; readonly taskName: string } & Place)
  /** Stands for the rows of `parentId` that are not shown; `step` of them come next, none when it is 0. */
  | ({ readonly kind: 'more'; readonly parentId: string; readonly hidden: number; readonly step: number } & Place);

const group = (kind: GroupKind, clusterId: string): ClusterNode => ({ kind, id: `${kind}:${clusterId}`, clusterId });

export const unusableNode = (name: string): ClusterNode => ({
  kind: 'unusable',
  id: `unusable:${name}`,
  clusterId: name,
  name,
});
export const connectionNode = (clusterId: string): ClusterNode => group('connection', clusterId);
export const workersNode = (clusterId: string): ClusterNode => group('workers', clusterId);
export const queuesNode = (clusterId: string): ClusterNode => group('queues', clusterId);
export const emptyQueuesNode = (clusterId: string): ClusterNode => group('emptyQueues', clusterId);
export const taskTypesNode = (clusterId: string): ClusterNode => group('taskTypes', clusterId);

export const troubleNode = (clusterId: string, trouble: TroubleKind): ClusterNode => ({
  kind: 'trouble',
  id: `trouble:${clusterId}:${trouble}`,
  clusterId,
  trouble,
});

export const workerGroupNode = (clusterId: string, name: string): ClusterNode => ({
  kind: 'workerGroup',
  id: `workerGroup:${clusterId}:${name}`,
  clusterId,
  group: name,
});

export const workerNode = (clusterId: string, hostname: string): ClusterNode => ({
  kind: 'worker',
  id: `worker:${clusterId}:${hostname}`,
  clusterId,
  hostname,
});

export const holdingNode = (clusterId: string, hostname: string, list: HoldingKind): ClusterNode => ({
  kind: 'holding',
  id: `holding:${clusterId}:${hostname}:${list}`,
  clusterId,
  hostname,
  list,
});

export const noteNode = (clusterId: string, hostname: string, list: HoldingKind | null): ClusterNode => ({
  kind: 'note',
  id: `note:${clusterId}:${hostname}:${list ?? ''}`,
  clusterId,
  hostname,
  list,
});

export const heldTaskNode = (
  clusterId: string,
  hostname: string,
  list: HoldingKind,
  task: { readonly id: string; readonly name: string | null },
): ClusterNode => ({
  kind: 'task',
  id: `task:${clusterId}:${hostname}:${list}:${task.id}`,
  clusterId,
  hostname,
  list,
  taskId: task.id,
  taskName: task.name,
});

export const processNode = (clusterId: string, hostname: string, pid: number): ClusterNode => ({
  kind: 'process',
  id: `process:${clusterId}:${hostname}:${pid}`,
  clusterId,
  hostname,
  pid,
});

export const consumedNode = (clusterId: string, hostname: string, queueName: string): ClusterNode => ({
  kind: 'consumed',
  id: `consumed:${clusterId}:${hostname}:${queueName}`,
  clusterId,
  hostname,
  queueName,
});

export const queueNode = (clusterId: string, queueName: string): ClusterNode => ({
  kind: 'queue',
  id: `queue:${clusterId}:${queueName}`,
  clusterId,
  queueName,
});

export const taskTypeNode = (clusterId: string, taskName: string): ClusterNode => ({
  kind: 'taskType',
  id: `taskType:${clusterId}:${taskName}`,
  clusterId,
  taskName,
});

export const moreNode = (clusterId: string, parentId: string, hidden: number, step: number): ClusterNode => ({
  kind: 'more',
  id: `more:${parentId}`,
  clusterId,
  parentId,
  hidden,
  step,
});

/** The first rows of many, and one for the rest. */
export const firstOf = (
  nodes: readonly ClusterNode[],
  shown: number,
  { clusterId, id }: { readonly clusterId: string; readonly id: string },
  step: number,
): ClusterNode[] =>
  nodes.length > shown ? [...nodes.slice(0, shown), moreNode(clusterId, id, nodes.length - shown, step)] : [...nodes];
