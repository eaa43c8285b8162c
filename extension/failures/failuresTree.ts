import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { commandIds } from '../commands/ids.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import type { NodeView } from '../views/nodeView.ts';
import { PacedRedraw } from '../views/pacedRedraw.ts';
import { rowItem } from '../views/rowItem.ts';
import { emptyFailures, sendNoEvents } from './emptyFailures.ts';
import {
  type FailureNode,
  groupNode,
  groupNodes,
  groupsOf,
  occurrenceNodes,
  pageRows,
  unseenGroups,
} from './failureNodes.ts';
import { groupView, moreView, occurrenceView, troubleView } from './failureView.ts';
import type { Occurrences } from './occurrences.ts';

/** Failures come in hundreds; rows are drawn at most once a second. */
const redrawMs = 1_000;

/** The Failures view: groups, below each its single failures. */
export class FailuresTree implements vscode.TreeDataProvider<FailureNode>, vscode.Disposable {
  private readonly mirror: Mirror;
  private readonly occurrences: Occurrences;
  private readonly redraw = new vscode.EventEmitter<undefined>();
  private readonly disposables: { dispose(): void }[] = [];
  private view: vscode.TreeView<FailureNode> | null = null;
  private readonly pace = new PacedRedraw(() => this.draw(), redrawMs);
  private limit = pageRows;
  private showsMuted = false;
  private eventsAreOff = false;
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
      view.onDidChangeVisibility(() => this.tell()),
    );
    this.tell();
  }

  dispose(): void {
    this.pace.dispose();
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

  /** Shows the view, and in it the row of a group. */
  async reveal({ clusterId, failureId }: RowTarget): Promise<void> {
    const group = clusterId !== null && failureId !== null ? this.groupOf({ clusterId, failureId }) : undefined;
    if (clusterId === null || !group) return;
    this.limit = Math.max(this.limit, this.groups(Date.now()).findIndex((each) => each.group.id === group.id) + 1);
    this.draw();
    await this.view?.reveal(groupNode(clusterId, group), { select: true, focus: true });
  }

  getParent(node: FailureNode): FailureNode | undefined {
    if (node.kind === 'group' || node.kind === 'moreGroups') return undefined;
    const group = this.groupOf(node);
    return group && groupNode(node.clusterId, group);
  }

  getTreeItem(node: FailureNode): vscode.TreeItem {
    const item = rowItem(node.id, this.viewOf(node, Date.now()));
    const command = clickOf[node.kind];
    if (command) item.command = { command, title: '', arguments: [node] };
    return item;
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

  private isEmpty(): boolean {
    return this.groups(Date.now()).length === 0;
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
    if (changes === null || changes.some(({ kind }) => redrawing.has(kind) && (kind !== 'worker' || this.isEmpty())))
      this.pace.soon();
  }

  /** The badge, and what stands above the rows. */
  private tell(): void {
    if (!this.view) return;
    const now = Date.now();
    const unseen = unseenGroups(this.mirror.snapshots, now);
    this.view.badge = unseen === 0 ? undefined : { value: unseen, tooltip: badgeWords(unseen) };
    const muted = groupsOf(this.mirror.snapshots, now, 'muted').length;
    const isEmpty = this.isEmpty();
    this.view.message = isEmpty ? emptyFailures(this.mirror.snapshots, this.showsMuted ? 0 : muted) : '';
    this.view.description = !isEmpty && muted > 0 && !this.showsMuted ? t('{0} muted', muted) : '';
    this.pace.age(this.view.visible && !isEmpty);
    this.tellEventsOff(isEmpty && [...this.mirror.snapshots.values()].some(sendNoEvents));
  }

  /** The empty view then offers to turn them on. */
  private tellEventsOff(areOff: boolean): void {
    if (this.eventsAreOff === areOff) return;
    this.eventsAreOff = areOff;
    void vscode.commands.executeCommand('setContext', eventsOffKey, areOff);
  }
}

const eventsOffKey = 'celeriac.failures.eventsOff';

const redrawing: ReadonlySet<string> = new Set(['failure', 'failureGone', 'link', 'worker', 'workerGone']);

const badgeWords = (unseen: number): string =>
  unseen === 1 ? t('1 failure that you have not seen') : t('{0} kinds of failures that you have not seen', unseen);

/** A group opens below itself; a single failure opens its traceback. */
const clickOf: Partial<Record<FailureNode['kind'], string>> = {
  occurrence: commandIds.openTraceback,
  moreOccurrences: commandIds.showMoreFailures,
  moreGroups: commandIds.showMoreFailures,
};
