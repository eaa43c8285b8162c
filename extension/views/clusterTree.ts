import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Backend, BackendState } from '../backend.ts';
import type { OpenTree } from '../shown/openTree.ts';
import { withTooltip } from '../shown/treeItem.ts';
import type { Surfaces } from '../surfaces.ts';
import { changedRows, type Drawn } from './changedRows.ts';
import { childrenOf } from './clusterChildren.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';
import { parentOf } from './clusterParent.ts';
import { viewOf } from './clusterView.ts';
import { PointedRows } from './pointedRows.ts';
import { lookOf } from './rowView.ts';
import { toTreeItem } from './treeItem.ts';

/** Rows are compared so soon after a change, and then at most so much of the time. */
const soonMs = 150;
const longestPauseMs = 5_000;
const shareOfTime = 0.05;
/** What counts seconds is compared this often: countdowns, running times. */
const tickMs = 1_000;

export interface ClusterTreeParts {
  readonly forest: () => ClusterForest;
  /** Rows that count seconds are there. */
  readonly isTicking: () => boolean;
  readonly opened: (node: ClusterNode) => void;
  readonly surfaces: Surfaces;
}

/**
 * The Clusters tree. It remembers what VS Code was told, and tells it anew of those rows only that look different; nothing
 * at all while nobody looks.
 */
export class ClusterTree implements vscode.TreeDataProvider<ClusterNode>, vscode.Disposable {
  private readonly parts: ClusterTreeParts;
  private readonly redraw = new vscode.EventEmitter<ClusterNode[] | undefined>();
  private readonly nodes = new Map<string, ClusterNode>();
  private readonly looks = new Map<string, string>();
  private readonly children = new Map<string, readonly string[]>();
  private readonly parents = new Map<string, string>();
  private readonly openIds = new Set<string>();
  private readonly pointedAt = new PointedRows();
  private readonly disposables: { dispose(): void }[] = [];
  private timer: NodeJS.Timeout | null = null;
  private ticker: NodeJS.Timeout | null = null;
  private pauseMs = soonMs;
  private readonly tree: OpenTree<ClusterNode>;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(parts: ClusterTreeParts) {
    this.parts = parts;
    this.tree = parts.surfaces.tree('celeriac.clusters', { treeDataProvider: this, showCollapseAll: true });
  }

  get view(): OpenTree<ClusterNode>['view'] {
    return this.tree.view;
  }

  tell(description: string): void {
    this.tree.tell({ description });
  }

  start(backend: Backend): void {
    const { view } = this;
    this.disposables.push(
      view,
      this.redraw,
      backend.onState(() => this.tellBackend(backend)),
      view.onDidChangeVisibility(() => this.changed()),
      view.onDidCollapseElement(({ element }) => this.openIds.delete(element.id)),
      view.onDidExpandElement(({ element }) => {
        this.openIds.add(element.id);
        this.parts.opened(element);
        this.changed();
      }),
    );
    this.ticker = setInterval(() => view.visible && this.parts.isTicking() && this.changed(), tickMs);
    this.tellBackend(backend);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.ticker) clearInterval(this.ticker);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  getTreeItem(node: ClusterNode): vscode.TreeItem {
    const view = viewOf(this.parts.forest(), node, Date.now());
    this.looks.set(node.id, lookOf(view));
    this.pointedAt.forget(node.id);
    return toTreeItem(node, view);
  }

  getChildren(node?: ClusterNode): ClusterNode[] {
    const children = childrenOf(this.parts.forest(), node).map((child) => this.same(child));
    this.remember(node?.id ?? '', children);
    if (node && !this.openIds.has(node.id)) {
      this.openIds.add(node.id);
      this.parts.opened(node);
    }
    return children;
  }

  getParent(node: ClusterNode): ClusterNode | undefined {
    const parent = parentOf(this.parts.forest(), node);
    return parent && this.same(parent);
  }

  /** Asked for when somebody points at the row, so it says what is so then. */
  resolveTreeItem(item: vscode.TreeItem, node: ClusterNode): vscode.TreeItem {
    const now = Date.now();
    const lines = viewOf(this.parts.forest(), node, now).tooltip();
    this.pointedAt.note(node.id, lines.join('\n'), now);
    return withTooltip(item, lines);
  }

  /** The rows that show what is below them, with all above them open too. */
  openRows(): ClusterNode[] {
    const open: ClusterNode[] = [];
    const visit = (ids: readonly string[]): void => {
      for (const id of ids) {
        const node = this.nodes.get(id);
        if (!node || !this.openIds.has(id)) continue;
        open.push(node);
        visit(this.children.get(id) ?? []);
      }
    };
    visit(this.children.get('') ?? []);
    return open;
  }

  /** Something may look different: soon, rows are compared. */
  changed(): void {
    if (!this.view.visible || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.compare();
    }, this.pauseMs);
  }

  private compare(): void {
    const startedAt = performance.now();
    const now = Date.now();
    const forest = this.parts.forest();
    const drawn: Drawn = { looks: this.looks, children: this.children, isOpen: (id) => this.openIds.has(id) };
    const rows = changedRows<ClusterNode>(
      { childrenOf: (node) => childrenOf(forest, node), lookOf: (node) => lookOf(viewOf(forest, node, now)) },
      drawn,
    );
    const outdated = this.pointedAt.outdated(now, (id) => this.tooltipOf(forest, id, now));
    const pointed = outdated.flatMap((id) => this.nodes.get(id) ?? []);
    const all = rows && [...new Set([...rows.map((node) => this.same(node)), ...pointed])];
    if (all === undefined || all.length > 0) this.redraw.fire(all);
    this.pauseMs = Math.min(longestPauseMs, Math.max(soonMs, (performance.now() - startedAt) / shareOfTime));
  }

  private tooltipOf(forest: ClusterForest, id: string, now: number): string | null {
    const node = this.nodes.get(id);
    return node ? viewOf(forest, node, now).tooltip().join('\n') : null;
  }

  private remember(parentId: string, children: readonly ClusterNode[]): void {
    const before = this.children.get(parentId) ?? [];
    const ids = children.map(({ id }) => id);
    const present = new Set(ids);
    this.children.set(parentId, ids);
    for (const id of ids) this.parents.set(id, parentId);
    for (const id of before) if (!present.has(id) && this.parents.get(id) === parentId) this.forget(id);
  }

  /** Tasks come and go all day. */
  private forget(id: string): void {
    for (const child of this.children.get(id) ?? []) if (this.parents.get(child) === id) this.forget(child);
    this.pointedAt.forget(id);
    for (const known of [this.nodes, this.looks, this.children, this.parents, this.openIds]) known.delete(id);
  }

  /** VS Code knows a row by its object, so a place in the tree is one object until what it says of itself changes. */
  private same(node: ClusterNode): ClusterNode {
    const known = this.nodes.get(node.id);
    if (known && JSON.stringify(known) === JSON.stringify(node)) return known;
    this.nodes.set(node.id, node);
    return node;
  }

  private tellBackend(backend: Backend): void {
    this.tree.tell({ message: backendWords[backend.state]() });
  }
}

const backendWords: Record<BackendState, () => string> = {
  starting: () => t('Starting the Celeriac backend…'),
  running: () => '',
  restarting: () => t('The backend ended unexpectedly and is being started again…'),
  stopped: () => t('The backend has stopped. Run "Celery: Restart Backend"; "Celery: Show Logs" says why.'),
};
