import { t } from '@vscode/l10n';
import { requests } from '../../server/api/requests.ts';
import { staleness } from '../clusters/staleness.ts';
import type { MirrorChange } from '../mirror.ts';
import type { Area, Parts } from '../parts.ts';
import { rowsOf } from '../rows/rows.ts';
import { RowTree } from '../rows/rowTree.ts';
import { tasksWord } from '../rows/wording.ts';
import type { TreeTexts } from '../shown/openTree.ts';
import { askTaskFilter } from './askTaskFilter.ts';
import { moreTasks, recentTask } from './recentTask.ts';
import { everyTask, filterWords, isFiltered, type TaskFilter } from './taskFilter.ts';
import { TaskList, type TaskNode, type TaskSource } from './taskList.ts';

type Commands = 'clearTaskFilter' | 'filterTasks' | 'pauseTasks' | 'resumeTasks' | 'showMoreTasks';

/** However much happens, the list is read so often at most. */
const readEveryMs = 1_000;

/** The Tasks view: live and recent tasks of the active connection, the newest first. */
export const startTasksView = (parts: Parts): Area<Commands> => {
  const view = new TasksView(parts);
  view.start();
  return {
    commands: {
      clearTaskFilter: () => view.narrow(everyTask),
      filterTasks: () => view.askFilter(),
      pauseTasks: () => view.pause(true),
      resumeTasks: () => view.pause(false),
      showMoreTasks: () => view.showMore(),
    },
    dispose: () => view.dispose(),
  };
};

class TasksView {
  readonly #parts: Parts;
  readonly #list: TaskList;
  readonly #tree: RowTree<TaskNode>;
  readonly #setFiltered: (isFiltered: boolean) => Promise<void>;
  readonly #setPaused: (isPaused: boolean) => Promise<void>;
  readonly #disposables: { dispose(): void }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #paused = false;

  constructor(parts: Parts) {
    const { backend, mirror, standing, surfaces } = parts;
    this.#parts = parts;
    this.#list = new TaskList((clusterId, query) => backend.request(requests.queryTasks, { clusterId, query }));
    this.#setFiltered = surfaces.contextKey('celeriac.tasksFiltered');
    this.#setPaused = surfaces.contextKey('celeriac.tasksPaused');
    const list = this.#list;
    const source: TaskSource = {
      snapshots: mirror.snapshots,
      list,
      get standing() {
        return standing.ids;
      },
    };
    this.#tree = new RowTree('celeriac.tasks', {
      surfaces,
      rows: rowsOf<TaskNode, TaskSource>({ task: recentTask, moreTasks }, source, () => list.nodes()),
      isFlat: true,
      heading: () => this.#heading(),
      tickMs: 1_000,
      isTicking: () => (list.hasRunning || this.#stale() !== '') && !this.#paused,
      appeared: () => this.#readNow(),
    });
  }

  start(): void {
    const { mirror, active, standing } = this.#parts;
    this.#tree.start();
    this.#disposables.push(
      this.#tree,
      mirror.onDidChange((change) => this.#follow(change)),
      active.onDidChange(() => this.#readNow()),
      standing.onDidChange(() => this.#readSoon()),
    );
    this.#readNow();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  async askFilter(): Promise<void> {
    const { active, backend } = this.#parts;
    const { clusterId } = active;
    const taskNames = async (): Promise<readonly string[]> =>
      clusterId === null ? [] : (await backend.request(requests.taskTypes, { clusterId })).map(({ name }) => name);
    const filter = await askTaskFilter(this.#list.filter, active.snapshot, taskNames);
    if (filter) await this.narrow(filter);
  }

  async narrow(filter: TaskFilter): Promise<void> {
    this.#list.narrow(filter);
    await this.#setFiltered(isFiltered(filter));
    await this.#read();
  }

  async showMore(): Promise<void> {
    this.#list.showMore();
    await this.#read();
  }

  async pause(paused: boolean): Promise<void> {
    this.#paused = paused;
    await this.#setPaused(paused);
    await this.#read();
  }

  /** The counters move with each event, so whoever follows them misses nothing. */
  #follow({ clusterId, changes }: MirrorChange): void {
    if (clusterId !== this.#parts.active.clusterId) return;
    if (changes === null || changes.some(({ kind }) => kind === 'counters' || kind === 'link')) this.#readSoon();
  }

  #readSoon(): void {
    if (!this.#tree.isVisible || this.#timer || this.#paused) return;
    this.#timer = setTimeout(() => this.#readNow(), readEveryMs);
  }

  #readNow(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#tree.isVisible || this.#parts.backend.state !== 'running') return;
    this.#read().catch((error) => this.#parts.log.error('The tasks could not be read.', error));
  }

  async #read(): Promise<void> {
    const { active } = this.#parts;
    const clusterId = active.snapshot?.link.kind === 'disconnected' ? null : active.clusterId;
    if (!(await this.#list.read(clusterId))) return;
    await this.#tree.draw();
  }

  /** How old the rows are while the broker is away. */
  #stale(): string {
    const { snapshot } = this.#parts.active;
    return snapshot === null || snapshot.link.kind === 'disconnected' ? '' : staleness(snapshot, Date.now());
  }

  #heading(): TreeTexts {
    const { active, mirror } = this.#parts;
    const { filter, isEmpty } = this.#list;
    const name = mirror.snapshots.size > 1 ? (active.snapshot?.name ?? '') : '';
    return {
      description: [name, this.#stale(), filterWords(filter), this.#paused ? t('paused') : '']
        .filter(Boolean)
        .join(' · '),
      message: isEmpty ? emptyWords(filter, this.#list.held ?? 0) : '',
    };
  }
}

const emptyWords = (filter: TaskFilter, held: number): string =>
  isFiltered(filter)
    ? t('None of {0} matches the filter.', tasksWord(held))
    : t('No tasks since the connection was opened. Workers report tasks when started with -E.');
