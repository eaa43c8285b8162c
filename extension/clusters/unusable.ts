import { commandTo } from '../commands/commandTo.ts';
import { type RowLook, warningColor } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';

/** A connection that cannot be opened. */
export const unusable: RowKind<ClusterNode<'unusable'>, ClusterForest, ClusterNode> = {
  key: ({ clusterId }) => `unusable:${clusterId}`,
  look: (node, forest) => ({
    ...goneLook(node.clusterId, forest.unusable.get(node.clusterId) ?? ''),
    command: commandTo('editConnection', node.clusterId, node),
  }),
};

/** A row whose subject is gone. */
export const goneLook = (label: string, problem: string): RowLook => ({
  label,
  description: problem,
  icon: 'warning',
  color: warningColor,
  contextValue: 'connection;unusable',
  tooltip: () => [`${label}: ${problem}`],
});
