import { t } from '@vscode/l10n';
import { commandTo } from '../commands/commandTo.ts';
import { moreLook } from '../rows/moreLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { count } from '../rows/wording.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';

/** Stands for rows that are not shown. */
export const more: RowKind<ClusterNode<'more'>, ClusterForest, ClusterNode> = {
  key: ({ parentId }) => `more:${parentId}`,
  look: (node) =>
    moreLook({
      step: Math.min(node.hidden, node.step),
      rest: node.step > 0 ? t('{0} hidden', count(node.hidden)) : t('hidden here'),
      end: t('{0} more', count(node.hidden)),
      command: (title) => commandTo('showMoreRows', title, node),
    }),
};

interface Cut {
  readonly clusterId: string;
  readonly parentId: string;
  /** How many are shown at first, and how many more each time. */
  readonly step: number;
}

/** The first rows of many, and one for the rest. */
export const firstOf = ({ shown }: ClusterForest, nodes: readonly ClusterNode[], cut: Cut): readonly ClusterNode[] => {
  const limit = shown.get(cut.parentId) ?? cut.step;
  const hidden = nodes.length - limit;
  return hidden > 0 ? [...nodes.slice(0, limit), { kind: 'more', ...cut, hidden }] : nodes;
};
