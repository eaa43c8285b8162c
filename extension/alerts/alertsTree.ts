import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../commands/ids.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import type { NodeView } from '../views/nodeView.ts';
import { PacedRedraw } from '../views/pacedRedraw.ts';
import { rowItem } from '../views/rowItem.ts';
import { type AlertNode, alertNode, alertsOf, alertTextNodes } from './alertNodes.ts';
import { alertTextView, alertView } from './alertView.ts';
import { emptyAlerts } from './emptyAlerts.ts';

const redrawMs = 500;

/** The Alerts view: what the health rules say now. */
export class AlertsTree implements vscode.TreeDataProvider<AlertNode>, vscode.Disposable {
  private readonly mirror: Mirror;
  private readonly redraw = new vscode.EventEmitter<undefined>();
  private readonly disposables: { dispose(): void }[] = [];
  private view: vscode.TreeView<AlertNode> | null = null;
  private readonly pace = new PacedRedraw(() => this.draw(), redrawMs);
  private showsMuted = false;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(mirror: Mirror) {
    this.mirror = mirror;
  }

  start(): void {
    const view = vscode.window.createTreeView('celeriac.alerts', { treeDataProvider: this, showCollapseAll: true });
    this.view = view;
    this.disposables.push(
      view,
      this.redraw,
      this.mirror.onDidChange((change) => this.follow(change)),
      view.onDidChangeVisibility(() => this.draw()),
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

  getTreeItem(node: AlertNode): vscode.TreeItem {
    const item = rowItem(node.id, this.viewOf(node));
    if (node.kind === 'alert')
      item.command = { command: commandIds.showAlert, title: t('Show What It Is About'), arguments: [node] };
    return item;
  }

  getChildren(node?: AlertNode): AlertNode[] {
    if (!node) return this.alerts().map(({ cluster, alert }) => alertNode(cluster.clusterId, alert.id));
    const alert = node.kind === 'alert' ? this.mirror.snapshots.get(node.clusterId)?.alerts[node.alertId] : undefined;
    return alert ? alertTextNodes(node.clusterId, alert) : [];
  }

  getParent(node: AlertNode): AlertNode | undefined {
    return node.kind === 'alert' ? undefined : alertNode(node.clusterId, node.alertId);
  }

  private alerts() {
    return alertsOf(this.mirror.snapshots, Date.now(), this.showsMuted ? 'all' : 'open');
  }

  private viewOf(node: AlertNode): NodeView {
    const cluster = this.mirror.snapshots.get(node.clusterId);
    const alert = cluster?.alerts[node.alertId];
    if (!cluster || !alert) return overView;
    const several = this.mirror.snapshots.size > 1;
    return node.kind === 'alert' ? alertView(alert, cluster, Date.now(), several) : alertTextView(node.kind, alert);
  }

  private follow({ changes }: MirrorChange): void {
    if (changes === null || changes.some(({ kind }) => redrawing.has(kind))) this.pace.soon();
  }

  private draw(): void {
    this.tell();
    this.redraw.fire(undefined);
  }

  private tell(): void {
    if (!this.view) return;
    const muted = alertsOf(this.mirror.snapshots, Date.now(), 'muted').length;
    const isEmpty = this.alerts().length === 0;
    this.view.message = isEmpty ? emptyAlerts(this.mirror.snapshots, this.showsMuted ? 0 : muted) : '';
    this.view.description = !isEmpty && muted > 0 && !this.showsMuted ? t('{0} muted', muted) : '';
    this.pace.age(this.view.visible && !isEmpty);
  }
}

const redrawing: ReadonlySet<string> = new Set(['alert', 'alertGone', 'verdict', 'link']);

const overView: NodeView = {
  label: t('It is over.'),
  description: '',
  icon: 'pass',
  color: null,
  tooltip: '',
  contextValue: 'over',
  expandable: 'no',
};
