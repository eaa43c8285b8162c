import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { RowLook } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';
import { goneLook } from './unusable.ts';

/** What a row is made from: what is known of its own connection, and all the rest. */
interface Known {
  readonly snapshot: ClusterSnapshot;
  readonly forest: ClusterForest;
}

interface ClusterKind<N> {
  key(node: N): string;
  look(node: N, known: Known, now: number): RowLook;
  /** `key`: the row's own. */
  children?(node: N, known: Known, key: string): readonly ClusterNode[];
  parent?(node: N, known: Known): ClusterNode;
}

/** A kind of row of a connection: it says that this is closed, and has nothing below it while it is disconnected. */
export const clusterKind = <K extends ClusterNode['kind']>(
  kind: ClusterKind<ClusterNode<K>>,
): RowKind<ClusterNode<K>, ClusterForest, ClusterNode> => ({
  key: kind.key,
  look(node, forest, now) {
    const snapshot = forest.snapshots.get(node.clusterId);
    return snapshot ? kind.look(node, { snapshot, forest }, now) : goneLook(node.clusterId, t('closed'));
  },
  children(node, forest) {
    const snapshot = forest.snapshots.get(node.clusterId);
    if (!snapshot || snapshot.link.kind === 'disconnected') return [];
    return kind.children?.(node, { snapshot, forest }, kind.key(node)) ?? [];
  },
  parent(node, forest) {
    const snapshot = forest.snapshots.get(node.clusterId);
    return snapshot && kind.parent?.(node, { snapshot, forest });
  },
});
