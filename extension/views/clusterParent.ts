import type { ClusterForest } from './clusterForest.ts';
import {
  type ClusterNode,
  connectionNode,
  emptyQueuesNode,
  holdingNode,
  queuesNode,
  taskTypesNode,
  workerGroupNode,
  workerNode,
  workersNode,
} from './clusterNode.ts';
import { isFolded } from './queueRows.ts';
import { groupOfWorker } from './workerRows.ts';

/** The row above a row; undefined for those at the top. What stands for more rows is never looked for from below. */
export const parentOf = (forest: ClusterForest, node: ClusterNode): ClusterNode | undefined => {
  switch (node.kind) {
    case 'unusable':
    case 'connection':
    case 'more':
      return undefined;
    case 'trouble':
    case 'workers':
    case 'queues':
    case 'taskTypes':
      return connectionNode(node.clusterId);
    case 'workerGroup':
      return workersNode(node.clusterId);
    case 'worker':
      return parentOfWorker(forest, node.clusterId, node.hostname);
    case 'holding':
      return workerNode(node.clusterId, node.hostname);
    case 'note':
      return node.list === null
        ? workerNode(node.clusterId, node.hostname)
        : holdingNode(node.clusterId, node.hostname, node.list);
    case 'task':
      return holdingNode(node.clusterId, node.hostname, node.list);
    case 'process':
      return holdingNode(node.clusterId, node.hostname, 'processes');
    case 'consumed':
      return holdingNode(node.clusterId, node.hostname, 'queues');
    case 'emptyQueues':
      return queuesNode(node.clusterId);
    case 'queue':
      return parentOfQueue(forest, node.clusterId, node.queueName);
    case 'taskType':
      return taskTypesNode(node.clusterId);
    default:
      return node satisfies never;
  }
};

const parentOfWorker = (forest: ClusterForest, clusterId: string, hostname: string): ClusterNode => {
  const snapshot = forest.snapshots.get(clusterId);
  const group = snapshot ? groupOfWorker(forest, snapshot, hostname) : null;
  return group === null ? workersNode(clusterId) : workerGroupNode(clusterId, group);
};

const parentOfQueue = (forest: ClusterForest, clusterId: string, name: string): ClusterNode => {
  const snapshot = forest.snapshots.get(clusterId);
  return snapshot && isFolded(forest, snapshot, name) ? emptyQueuesNode(clusterId) : queuesNode(clusterId);
};
