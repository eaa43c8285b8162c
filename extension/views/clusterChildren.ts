import type { ClusterSnapshot } from '../../server/api/model.ts';
import { type ClusterForest, passes } from './clusterForest.ts';
import {
  type ClusterNode,
  connectionNode,
  firstOf,
  queuesNode,
  taskTypeNode,
  taskTypesNode,
  troubleNode,
  unusableNode,
  workersNode,
} from './clusterNode.ts';
import { holdingChildren, workerChildren } from './holdingRows.ts';
import { emptyQueueRows, queueRows } from './queueRows.ts';
import { troublesOf } from './troubles.ts';
import { groupRows, workerRows } from './workerRows.ts';

const taskTypesAtOnce = 200;

/** The rows below a row, in their order. */
export const childrenOf = (forest: ClusterForest, node: ClusterNode | undefined): ClusterNode[] => {
  if (!node)
    return [...[...forest.snapshots.keys()].map(connectionNode), ...[...forest.unusable.keys()].map(unusableNode)];
  if (node.kind === 'unusable') return [];
  const snapshot = forest.snapshots.get(node.clusterId);
  if (!snapshot || snapshot.link.kind === 'disconnected') return [];
  switch (node.kind) {
    case 'connection':
      return connectionChildren(forest, snapshot);
    case 'workers':
      return workerRows(forest, snapshot);
    case 'workerGroup':
      return groupRows(forest, snapshot, node.group);
    case 'worker':
      return workerChildren(forest, snapshot, node.hostname);
    case 'holding':
      return holdingChildren(forest, snapshot, node.hostname, node.list);
    case 'queues':
      return queueRows(forest, snapshot);
    case 'emptyQueues':
      return emptyQueueRows(forest, snapshot);
    case 'taskTypes':
      return taskTypeRows(forest, snapshot);
    case 'trouble':
    case 'note':
    case 'task':
    case 'process':
    case 'consumed':
    case 'queue':
    case 'taskType':
    case 'more':
      return [];
    default:
      return node satisfies never;
  }
};

const connectionChildren = (forest: ClusterForest, snapshot: ClusterSnapshot): ClusterNode[] => {
  const { clusterId } = snapshot;
  const troubles = troublesOf(forest, snapshot).map((trouble) => troubleNode(clusterId, trouble));
  return [...troubles, workersNode(clusterId), queuesNode(clusterId), taskTypesNode(clusterId)];
};

const taskTypeRows = (forest: ClusterForest, { clusterId }: ClusterSnapshot): ClusterNode[] => {
  const { id } = taskTypesNode(clusterId);
  const names = (forest.taskTypes.get(clusterId) ?? []).map(({ name }) => name).filter((name) => passes(forest, name));
  const shown = forest.shown.get(id) ?? taskTypesAtOnce;
  const nodes = forest.order.sort(id, names).map((name) => taskTypeNode(clusterId, name));
  return firstOf(nodes, shown, { clusterId, id }, taskTypesAtOnce);
};
