import * as vscode from 'vscode';
import type { Change } from '../../server/api/change.ts';
import type { WorkerStatus } from '../../server/api/model.ts';
import type { Backend, BackendState } from '../backend.ts';
import { commandIds } from '../commands/ids.ts';
import type { Connections } from '../connections/connections.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import {
  type ClusterForest,
  type ClusterNode,
  childrenOf,
  connectionNode,
  queueNode,
  queuesNode,
  viewOf,
  workerNode,
  workersNode,
} from './clusterNodes.ts';
import type { NodeView } from './nodeView.ts';

const countdownMs = 1_000;

/** The Clusters tree. Rows keep their identity, and only those are redrawn that changed. */
export class ClusterTree implements vscode.TreeDataProvider<ClusterNode>, vscode.Disposable {
  private readonly mirror: Mirror;
  private readonly connections: Connections;
  private readonly redraw = new vscode.EventEmitter<ClusterNode[] | undefined>();
  private readonly nodes = new Map<string, ClusterNode>();
  private readonly drawnStatus = new Map<string, WorkerStatus>();
  private readonly disposables: { dispose(): void }[] = [];
  private view: vscode.TreeView<ClusterNode> | null = null;
  private countdown: NodeJS.Timeout | null = null;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(mirror: Mirror, connections: Connections) {
    this.mirror = mirror;
    this.connections = connections;
  }

  start(backend: Backend): void {
    const view = vscode.window.createTreeView('celeriac.clusters', { treeDataProvider: this, showCollapseAll: true });
    this.view = view;
    this.disposables.push(
      view,
      this.redraw,
      this.mirror.onDidChange((change) => this.follow(change)),
      this.connections.onProblems(() => this.redraw.fire(undefined)),
      backend.onState(() => this.tellBackend(backend)),
      view.onDidChangeVisibility(() => this.runCountdown()),
    );
    this.tellBackend(backend);
  }

  dispose(): void {
    if (this.countdown) clearInterval(this.countdown);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  getTreeItem(node: ClusterNode): vscode.TreeItem {
    return toTreeItem(node, viewOf(this.forest(), node, Date.now()));
  }

  getChildren(node?: ClusterNode): ClusterNode[] {
    return childrenOf(this.forest(), node).map((child) => this.same(child));
  }

  getParent(node: ClusterNode): ClusterNode | undefined {
    switch (node.kind) {
      case 'unusable':
      case 'connection':
        return undefined;
      case 'trouble':
      case 'workers':
      case 'queues':
        return this.same(connectionNode(node.clusterId));
      case 'worker':
        return this.same(workersNode(node.clusterId));
      case 'queue':
      case 'moreQueues':
        return this.same(queuesNode(node.clusterId));
      default:
        return node satisfies never;
    }
  }

  private forest(): ClusterForest {
    return { snapshots: this.mirror.snapshots, unusable: this.connections.unusable };
  }

  /** VS Code knows a row by its object, so a place in the tree is one object for as long as the tree lives. */
  private same(node: ClusterNode): ClusterNode {
    const known = this.nodes.get(node.id);
    if (known) return known;
    this.nodes.set(node.id, node);
    return node;
  }

  private follow({ clusterId, changes }: MirrorChange): void {
    this.runCountdown();
    if (changes === null) {
      this.redraw.fire(undefined);
      return;
    }
    const rows = changes.flatMap((change) => this.rowsOf(clusterId, change));
    if (rows.length > 0) this.redraw.fire([...new Set(rows)]);
  }

  private rowsOf(clusterId: string, change: Change): ClusterNode[] {
    const connection = this.same(connectionNode(clusterId));
    const workers = this.same(workersNode(clusterId));
    switch (change.kind) {
      case 'link':
        return [connection, workers, this.same(queuesNode(clusterId))];
      case 'worker': {
        const node = workerNode(clusterId, change.worker.hostname);
        const sameStatus = this.drawnStatus.get(node.id) === change.worker.status;
        this.drawnStatus.set(node.id, change.worker.status);
        return sameStatus ? [this.same(node)] : [connection, workers];
      }
      case 'workerGone': {
        const { id } = workerNode(clusterId, change.hostname);
        this.nodes.delete(id);
        this.drawnStatus.delete(id);
        return [connection, workers];
      }
      case 'queue': {
        const { id } = queueNode(clusterId, change.queue.name);
        const queues = this.same(queuesNode(clusterId));
        const row = this.nodes.get(id);
        return row ? [row, queues] : [queues];
      }
      case 'queueGone':
        this.nodes.delete(queueNode(clusterId, change.name).id);
        return [this.same(queuesNode(clusterId))];
      case 'counters':
      case 'gap':
      case 'failure':
      case 'failureGone':
      case 'alert':
      case 'alertGone':
      case 'verdict':
        return [];
      default:
        return change satisfies never;
    }
  }

  /** A connection that waits for its next attempt counts down, while anyone looks. */
  private runCountdown(): void {
    const waiting = [...this.mirror.snapshots.values()].filter((snapshot) => snapshot.link.kind === 'lost');
    const wanted = waiting.length > 0 && this.view?.visible === true;
    if (wanted && !this.countdown) {
      this.countdown = setInterval(() => this.redrawWaiting(), countdownMs);
    } else if (!wanted && this.countdown) {
      clearInterval(this.countdown);
      this.countdown = null;
    }
  }

  private redrawWaiting(): void {
    const rows = [...this.mirror.snapshots.values()]
      .filter((snapshot) => snapshot.link.kind === 'lost')
      .map((snapshot) => this.same(connectionNode(snapshot.clusterId)));
    if (rows.length > 0) this.redraw.fire(rows);
  }

  private tellBackend(backend: Backend): void {
    if (!this.view) return;
    this.view.message = backendWords[backend.state];
  }
}

const backendWords: Record<BackendState, string> = {
  starting: 'Starting the Celeriac backend…',
  running: '',
  restarting: 'The backend ended unexpectedly and is being started again…',
  stopped: 'The backend has stopped. Run "Celery: Restart Backend"; "Celery: Show Logs" says why.',
};

const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;

const toTreeItem = (node: ClusterNode, view: NodeView): vscode.TreeItem => {
  const item = new vscode.TreeItem(view.label, { no: None, open: Expanded, closed: Collapsed }[view.expandable]);
  item.id = node.id;
  item.description = view.description;
  item.iconPath = new vscode.ThemeIcon(view.icon, view.color ? new vscode.ThemeColor(view.color) : undefined);
  item.tooltip = new vscode.MarkdownString(view.tooltip);
  item.contextValue = view.contextValue;
  if (node.kind === 'unusable') item.command = { command: commandIds.editConnections, title: 'Edit Connections' };
  item.accessibilityInformation = { label: `${view.label}, ${view.description}` };
  return item;
};
