import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../../../server/api/requests.ts';
import { commandTo } from '../../commands/run.ts';
import type { MirrorChange } from '../../mirror.ts';
import type { Area, Parts } from '../../parts.ts';
import type { OpenTree } from '../../shown/openTree.ts';
import { withTooltip } from '../../shown/treeItem.ts';
import { lookOf, type RowView } from '../rowView.ts';
import { itemOf } from '../treeItem.ts';
import { askTaskFilter } from './askTaskFilter.ts';
import { everyTask, filterWords, isFiltered, type TaskFilter } from './taskFilter.ts';
import { TaskList } from './taskList.ts';
import { moreTasksView, type TaskNode, taskRowView } from './taskRow.ts';

type Commands = 'clearTaskFilter' | 'filterTasks' | 'pauseTasks' | 'resumeTasks' | 'showMoreTasks';

/** However much happens, the list is read so often at most. */
const readEveryMs = 1_000;

/** The Tasks view: live and recent tasks of the active connection, the newest first. */
export const startTasksView = (parts: Parts): Area<Commands> => {
  const tree = new TasksTree(parts);
  tree.start();
  return {
    commands: {
      clearTaskFilter: () => tree.narrow(everyTask),
      filterTasks: () => tree.askFilter(),
      pauseTasks: () => tree.pause(true),
      resumeTasks: () => tree.pause(false),
      showMoreTasks: () => tree.showMore(),
    },
    dispose: () => tree.dispose(),
  };
};

class TasksTree implements vscode.TreeDataProvider<TaskNode> {
  private readonly parts: Parts;
  private readonly list: TaskList;
  private readonly tellFiltered: (isFiltered: boolean) => Promise<void>;
  private readonly tellPaused: (isPaused: boolean) => Promise<void>;
  private readonly redraw = new vscode.EventEmitter<TaskNode[] | undefined>();
  private readonly tree: OpenTree<TaskNode>;
  private readonly view: OpenTree<TaskNode>['view'];
  private readonly disposables: { dispose(): void }[] = [];
  private nodes: readonly TaskNode[] = [];
  private looks = new Map<string, string>();
  private timer: NodeJS.Timeout | null = null;
  private paused = false;
  readonly onDidChangeTreeData = this.redraw.event;

  constructor(parts: Parts) {
    this.parts = parts;
    this.list = new TaskList((clusterId, query) => parts.backend.request(requests.queryTasks, { clusterId, query }));
    this.tellFiltered = parts.surfaces.contextKey('celeriac.tasksFiltered');
    this.tellPaused = parts.surfaces.contextKey('celeriac.tasksPaused');
    this.tree = parts.surfaces.tree('celeriac.tasks', { treeDataProvider: this });
    this.view = this.tree.view;
  }

  start(): void {
    const { mirror, active } = this.parts;
    this.disposables.push(
      this.view,
      this.redraw,
      mirror.onDidChange((change) => this.follow(change)),
      active.onDidChange(() => this.readNow()),
      this.parts.standing.onDidChange(() => this.readSoon()),
      this.view.onDidChangeVisibility(({ visible }) => visible && this.readNow()),
    );
    void this.readNow();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  getChildren(node?: TaskNode): TaskNode[] {
    return node ? [] : [...this.nodes];
  }

  getTreeItem(node: TaskNode): vscode.TreeItem {
    const view = this.viewOf(node);
    this.looks.set(node.id, lookOf(view));
    return itemOf(node, view, commandOf(node, view.label));
  }

  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, node: TaskNode): vscode.TreeItem {
    return withTooltip(item, this.viewOf(node).tooltip());
  }

  async askFilter(): Promise<void> {
    const { active, backend } = this.parts;
    const { clusterId } = active;
    const taskNames = async (): Promise<readonly string[]> =>
      clusterId === null ? [] : (await backend.request(requests.taskTypes, { clusterId })).map(({ name }) => name);
    const filter = await askTaskFilter(this.list.filter, active.snapshot, taskNames);
    if (filter) await this.narrow(filter);
  }

  async narrow(filter: TaskFilter): Promise<void> {
    this.list.narrow(filter);
    await this.tellFiltered(isFiltered(filter));
    await this.read();
  }

  async showMore(): Promise<void> {
    this.list.showMore();
    await this.read();
  }

  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    await this.tellPaused(paused);
    await this.read();
  }

  private viewOf(node: TaskNode): RowView {
    if (node.kind === 'moreTasks') return moreTasksView(node.matching, node.step);
    const task = this.list.find(node.taskId);
    const snapshot = this.parts.mirror.snapshots.get(node.clusterId);
    return task && snapshot
      ? taskRowView(task, snapshot, Date.now(), this.parts.standing.ids.has(task.id))
      : goneView(node);
  }

  /** The counters move with each event, so whoever follows them misses nothing. */
  private follow({ clusterId, changes }: MirrorChange): void {
    if (clusterId !== this.parts.active.clusterId) return;
    if (changes === null || changes.some(({ kind }) => kind === 'counters' || kind === 'link')) this.readSoon();
  }

  private readSoon(): void {
    if (!this.view.visible || this.timer || this.paused) return;
    this.timer = setTimeout(() => this.readNow(), readEveryMs);
  }

  private readNow(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.view.visible || this.parts.backend.state !== 'running') return;
    this.read().catch((error) => this.parts.log.error('The tasks could not be read.', error));
  }

  private async read(): Promise<void> {
    const { active } = this.parts;
    const clusterId = active.snapshot?.link.kind === 'disconnected' ? null : active.clusterId;
    if (!(await this.list.read(clusterId))) return;
    this.tellTitle();
    this.draw();
    // What runs counts its seconds, also when nothing else happens.
    if (this.list.hasRunning) this.readSoon();
  }

  private draw(): void {
    const known = new Map(this.nodes.map((node) => [node.id, node]));
    const next = this.list.nodes().map((node) => sameOr(known.get(node.id), node));
    const isSameList = next.length === this.nodes.length && next.every((node, index) => node === this.nodes[index]);
    this.nodes = next;
    if (!isSameList) {
      this.looks = new Map();
      this.redraw.fire(undefined);
      return;
    }
    const changed = next.filter((node) => this.looks.get(node.id) !== lookOf(this.viewOf(node)));
    if (changed.length > 0) this.redraw.fire(changed);
  }

  private tellTitle(): void {
    const { active, mirror } = this.parts;
    const { filter, isEmpty } = this.list;
    const name = mirror.snapshots.size > 1 ? (active.snapshot?.name ?? '') : '';
    this.tree.tell({
      description: [name, filterWords(filter), this.paused ? t('paused') : ''].filter(Boolean).join(' · '),
      message: isEmpty ? emptyWords(filter, this.list.held ?? 0) : '',
    });
  }
}

const emptyWords = (filter: TaskFilter, held: number): string =>
  isFiltered(filter)
    ? t('None of the {0} tasks that are remembered passes the filter.', held)
    : t(
        'No task has been heard of since the connection was opened. Workers tell of their tasks when they run with "-E".',
      );

const sameOr = (known: TaskNode | undefined, node: TaskNode): TaskNode =>
  known && JSON.stringify(known) === JSON.stringify(node) ? known : node;

const commandOf = (node: TaskNode, title: string): vscode.Command | null => {
  if (node.kind === 'task') return commandTo('openTask', title, node);
  return node.step > 0 ? commandTo('showMoreTasks', title) : null;
};

const goneView = (node: TaskNode): RowView => ({
  label: node.kind === 'task' ? (node.taskName ?? node.taskId) : '',
  description: '',
  icon: 'circle-outline',
  color: null,
  contextValue: 'note',
  expandable: 'no',
  tooltip: () => [],
});
