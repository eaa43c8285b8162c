import type { RowTarget } from '../commands/rowTarget.ts';
import { type ClusterNode, connectionNode, queueNode, taskTypeNode, workerNode } from './clusterNode.ts';

/** The row of the Clusters tree for what a command, an alert or a page is about; null: it names no connection. */
export const nodeOfTarget = ({ clusterId, hostname, queueName, taskName }: RowTarget): ClusterNode | null => {
  if (clusterId === null) return null;
  if (hostname !== null) return workerNode(clusterId, hostname);
  if (queueName !== null) return queueNode(clusterId, queueName);
  return taskName === null ? connectionNode(clusterId) : taskTypeNode(clusterId, taskName);
};
