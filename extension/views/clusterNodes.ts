import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { connectionView, troubleOf, troubleView } from './connectionView.ts';
import type { NodeView } from './nodeView.ts';
import { queuesView, queueView } from './queueView.ts';
import { workersView, workerView } from './workerView.ts';

type GroupKind = 'connection' | 'trouble' | 'workers' | 'queues' | 'moreQueues';

/** A place in the Clusters tree. It only names its subject, so that it stays the same while the figures change. */
export type ClusterNode =
  | { readonly kind: 'unusable'; readonly id: string; readonly clusterId: string; readonly name: string }
  | {
      readonly kind: GroupKind;
      readonly id: string;
      readonly clusterId: string;
    }
  | { readonly kind: 'worker'; readonly id: string; readonly clusterId: string; readonly hostname: string }
  | { readonly kind: 'queue'; readonly id: string; readonly clusterId: string; readonly queueName: string };

export interface ClusterForest {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  readonly unusable: ReadonlyMap<string, string>;
}

/** Beyond this many, the tree shows the fullest queues and says that there are more. */
const queueLimit = 500;

const groupNode = (kind: GroupKind, clusterId: string): ClusterNode => ({
  kind,
  id: `${kind}:${clusterId}`,
  clusterId,
});
export const connectionNode = (clusterId: string): ClusterNode => groupNode('connection', clusterId);
export const workersNode = (clusterId: string): ClusterNode => groupNode('workers', clusterId);
export const queuesNode = (clusterId: string): ClusterNode => groupNode('queues', clusterId);
export const workerNode = (clusterId: string, hostname: string): ClusterNode => ({
  kind: 'worker',
  id: `worker:${clusterId}:${hostname}`,
  clusterId,
  hostname,
});
export const queueNode = (clusterId: string, queueName: string): ClusterNode => ({
  kind: 'queue',
  id: `queue:${clusterId}:${queueName}`,
  clusterId,
  queueName,
});
const unusableNode = (name: string): ClusterNode => ({
  kind: 'unusable',
  id: `unusable:${name}`,
  clusterId: name,
  name,
});

export const childrenOf = (forest: ClusterForest, node: ClusterNode | undefined): ClusterNode[] => {
  if (!node)
    return [...[...forest.snapshots.keys()].map(connectionNode), ...[...forest.unusable.keys()].map(unusableNode)];
  if (node.kind === 'unusable') return [];
  const snapshot = forest.snapshots.get(node.clusterId);
  if (!snapshot || snapshot.link.kind === 'disconnected') return [];
  if (node.kind === 'connection') {
    const groups = [workersNode(node.clusterId), queuesNode(node.clusterId)];
    return troubleOf(snapshot) === null ? groups : [groupNode('trouble', node.clusterId), ...groups];
  }
  if (node.kind === 'workers')
    return inOrder(Object.keys(snapshot.workers)).map((name) => workerNode(node.clusterId, name));
  return node.kind === 'queues' ? queueNodes(snapshot) : [];
};

const queueNodes = (snapshot: ClusterSnapshot): ClusterNode[] => {
  const { clusterId } = snapshot;
  const queues = Object.values(snapshot.queues);
  const shown = queues.length <= queueLimit ? queues : fullest(queues);
  const nodes = inOrder(shown.map((queue) => queue.name)).map((name) => queueNode(clusterId, name));
  return shown.length < queues.length ? [...nodes, groupNode('moreQueues', clusterId)] : nodes;
};

const fullest = (queues: readonly Queue[]): Queue[] =>
  [...queues].sort((a, b) => (b.ready ?? 0) - (a.ready ?? 0)).slice(0, queueLimit);

const order = new Intl.Collator('en', { numeric: true });
const inOrder = (names: readonly string[]): string[] => [...names].sort(order.compare);

export const viewOf = (forest: ClusterForest, node: ClusterNode, now: number): NodeView => {
  if (node.kind === 'unusable') return unusableView(node.name, forest.unusable.get(node.name) ?? '');
  const snapshot = forest.snapshots.get(node.clusterId);
  if (!snapshot) return unusableView(node.clusterId, 'It was closed.');
  switch (node.kind) {
    case 'connection':
      return connectionView(snapshot, now);
    case 'workers':
      return workersView(snapshot, now);
    case 'queues':
      return queuesView(snapshot, now);
    case 'trouble':
      return troubleView(troubleOf(snapshot) ?? 'It is well again.');
    case 'moreQueues':
      return moreQueuesView(Object.keys(snapshot.queues).length);
    case 'worker': {
      const worker = snapshot.workers[node.hostname];
      return worker ? workerView(worker, snapshot, now) : unusableView(node.hostname, 'It is gone.');
    }
    case 'queue': {
      const queue = snapshot.queues[node.queueName];
      return queue ? queueView(queue, snapshot, now) : unusableView(node.queueName, 'It is gone.');
    }
    default:
      return node satisfies never;
  }
};

const unusableView = (name: string, problem: string): NodeView => ({
  label: name,
  description: problem,
  icon: 'warning',
  color: 'problemsWarningIcon.foreground',
  tooltip: `${name}: ${problem}`,
  contextValue: 'connection;unusable',
  expandable: 'no',
});

const moreQueuesView = (all: number): NodeView => ({
  label: `${(all - queueLimit).toLocaleString('en')} more queues`,
  description: `the ${queueLimit} fullest are shown`,
  icon: 'ellipsis',
  color: null,
  tooltip: 'The command line lists all of them: celeriac queues.',
  contextValue: 'moreQueues',
  expandable: 'no',
});
