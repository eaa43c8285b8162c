import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { commandIds } from '../commands/ids.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import type { NodeView } from '../views/nodeView.ts';
import { emptyFailures } from './emptyFailures.ts';
import { type FailureNode, groupNodes, groupsOf, occurrenceNodes, pageRows, unseenGroups } from './failureNodes.ts';
import { groupView, moreView, occurrenceView, troubleView } from './failureView.ts';
import type { Occurrences } from './occurrences.ts';

/** Failures come in hundreds; rows are drawn at most once a second. */
const redrawMs = 1_000;
/** "2 m ago" grows older while nothing happens. */
const ageMs = 30_000;

/** The Failures view: groups, below each its single failures. */
export class FailuresTree implements vscode.TreeDataProvider<FailureNode>, vscode.Disposable {
  private readonly mirror: Mirror;
  private readonly occurrences: Occurrences;
  private readonly redraw = new vscode.EventEmitter<undefined>();
  private readonly disposables: { dispose(): void }[] = [];
  private view: vscode.TreeView<FailureNode> | null = null;
  private pending: NodeJS.Timeout | null = null;
  private ages: NodeJS.Timeout | null = null;
  private limit = pageRows;
  private showsMuted = false;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(mirror: Mirror, occurrences: Occurrences) {
    this.mirror = mirror;
    this.occurrences = occurrences;
  }

  start(): void {
    const view = vscode.window.createTreeView('celeriac.failures', { treeDataProvider: this, showCollapseAll: true });
    this.view = view;
    this.disposables.push(
      view,
      this.redraw,
      this.mirror.onDidChange((change) => this.follow(change)),
      view.onDidChangeVisibility(() => this.runAges()),
    );
    this.tell();
  }

  dispose(): void {
    if (this.pending) clearTimeout(this.pending);
    if (this.ages) clearInterval(this.ages);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  showMuted(shows: boolean): void {
    this.showsMuted = shows;
    this.draw();
  }

  /** More single failures of a group, or more groups. */
  showMore({ clusterId, failureId }: RowTarget): void {
    if (clusterId !== null && failureId !== null) this.occurrences.wantMore(clusterId, failureId);
    else this.limit += pageRows;
    this.draw();
  }

  draw(): void {
    this.tell();
    this.redraw.fire(undefined);
  }

  getTreeItem(node: FailureNode): vscode.TreeItem {
    return toTreeItem(node, this.viewOf(node, Date.now()));
  }

  async getChildren(node?: FailureNode): Promise<FailureNode[]> {
    if (!node) return groupNodes(this.groups(Date.now()), this.limit);
    const group = node.kind === 'group' ? this.groupOf(node) : undefined;
    if (node.kind !== 'group' || !group) return [];
    const { occurrences, isCut, problem } = await this.occurrences.of(node.clusterId, group);
    const rows = occurrenceNodes(node, occurrences, isCut);
    if (problem === null) return rows;
    const { clusterId, failureId } = node;
    return [{ kind: 'trouble', id: `trouble:${clusterId}:${failureId}`, clusterId, failureId }, ...rows];
  }

  private groups(now: number) {
    return groupsOf(this.mirror.snapshots, now, this.showsMuted ? 'all' : 'open');
  }

  private groupOf(node: { readonly clusterId: string; readonly failureId: string }) {
    return this.mirror.snapshots.get(node.clusterId)?.failures[node.failureId];
  }

  private viewOf(node: FailureNode, now: number): NodeView {
    if (node.kind === 'moreGroups') return moreView(this.groups(now).length - this.limit, node.kind);
    const cluster = this.mirror.snapshots.get(node.clusterId);
    const group = this.groupOf(node);
    if (!cluster || !group) return troubleView(t('It is gone.'));
    switch (node.kind) {
      case 'group':
        return groupView(group, cluster, now, this.mirror.snapshots.size > 1);
      case 'occurrence':
        return this.occurrenceViewOf(node, cluster, now);
      case 'moreOccurrences':
        return moreView(null, node.kind);
      case 'trouble':
        return troubleView(this.occurrences.problemOf(node.clusterId, node.failureId) ?? '');
      default:
        return node satisfies never;
    }
  }

  private occurrenceViewOf(
    node: Extract<FailureNode, { kind: 'occurrence' }>,
    cluster: ClusterSnapshot,
    now: number,
  ): NodeView {
    const occurrence = this.occurrences.find(node.clusterId, node.failureId, node.taskId, node.at);
    return occurrence ? occurrenceView(occurrence, cluster, now) : troubleView(t('It is gone.'));
  }

  private follow({ changes }: MirrorChange): void {
    const matters = changes === null || changes.some(({ kind }) => redrawing.has(kind));
    if (!matters || this.pending) return;
    this.pending = setTimeout(() => {
      this.pending = null;
      this.draw();
    }, redrawMs);
  }

  /** The badge, and what stands above the rows. */
  private tell(): void {
    if (!this.view) return;
    const now = Date.now();
    const unseen = unseenGroups(this.mirror.snapshots, now);
    this.view.badge = unseen === 0 ? undefined : { value: unseen, tooltip: badgeWords(unseen) };
    const muted = groupsOf(this.mirror.snapshots, now, 'muted').length;
    const isEmpty = this.groups(now).length === 0;
    this.view.message = isEmpty ? emptyFailures(this.mirror.snapshots, this.showsMuted ? 0 : muted) : '';
    this.view.description = !isEmpty && muted > 0 && !this.showsMuted ? t('{0} muted', muted) : '';
    this.runAges();
  }

  private runAges(): void {
    const wanted = this.view?.visible === true && this.groups(Date.now()).length > 0;
    if (wanted && !this.ages) {
      this.ages = setInterval(() => this.draw(), ageMs);
    } else if (!wanted && this.ages) {
      clearInterval(this.ages);
      this.ages = null;
    }
  }
}

const redrawing: ReadonlySet<string> = new Set(['failure', 'failureGone', 'link', 'alert', 'alertGone']);

const badgeWords = (unseen: number): string =>
  unseen === 1 ? t('1 failure that you have not seen') : t('{0} kinds of failures that you have not seen', unseen);

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const toTreeItem = (node: FailureNode, view: NodeView): vscode.TreeItem => {
  const item = new vscode.TreeItem(view.label, { no: None, closed: Collapsed, open: Expanded }[view.expandable]);
  item.id = node.id;
  item.description = view.description;
  item.iconPath = new vscode.ThemeIcon(view.icon, view.color ? new vscode.ThemeColor(view.color) : undefined);
  item.tooltip = new vscode.MarkdownString(view.tooltip);
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: `${view.label}, ${view.description}` };
  const command = clickOf[node.kind];
  if (command) item.command = { ...command, arguments: [node] };
  return item;
};

/** A group opens below itself; a single failure opens its traceback. */
const clickOf: Partial<Record<FailureNode['kind'], { readonly command: string; readonly title: string }>> = {
  occurrence: { command: commandIds.openTraceback, title: 'Open Traceback' },
  moreOccurrences: { command: commandIds.showMoreFailures, title: 'Show More' },
  moreGroups: { command: commandIds.showMoreFailures, title: 'Show More' },
};
