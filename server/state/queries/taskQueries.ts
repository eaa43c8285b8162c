import type { CeleryTask } from '../../api/celeryTask.ts';
import type { Task, TaskPage, TaskQuery, TaskWindow, TaskWindowQuery } from '../../api/tasks.ts';
import type { DelayedTask, RunningTask } from '../../health/facts.ts';
import { received, started } from '../names/taskStates.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { celeryTasksInSlices } from './celerySnapshot.ts';
import { type CountedQuery, type CountedTasks, countTasks } from './countedTasks.ts';
import { delayedTask, rowsIn, runningTask } from './currentTasks.ts';
import { queryTasks, queryTasksInSlices } from './queryTasks.ts';
import { rowsNaming } from './relatedRows.ts';
import { type Relatives, relativesOf } from './relatives.ts';
import { atOnce, type Sliced } from './slices.ts';
import { type TaskLabels, taskLabels } from './taskLabels.ts';
import { TaskOrders } from './taskOrders.ts';
import { type TaskRun, taskRun } from './taskRun.ts';
import { toTask } from './taskView.ts';
import { wholeTasks } from './wholeTasks.ts';

/** What can be asked about the tasks that are remembered. */
export class TaskQueries {
  private readonly store: TaskStore;
  private readonly orders: TaskOrders;

  constructor(store: TaskStore) {
    this.store = store;
    this.orders = new TaskOrders(store);
  }

  /** A page of those that fit. */
  page(query: TaskQuery): TaskPage {
    return queryTasks(this.store, query);
  }

  /** As `page`, for who lets others have their turn meanwhile. */
  pageInSlices(query: TaskQuery): Sliced<TaskPage> {
    return queryTasksInSlices(this.store, query);
  }

  window(query: TaskWindowQuery): TaskWindow {
    return atOnce(this.orders.window(query));
  }

  /** As `window`, for who lets others have their turn meanwhile. */
  windowInSlices(query: TaskWindowQuery): Sliced<TaskWindow> {
    return this.orders.window(query);
  }

  /** Null: the task is not remembered. So it is for the other questions about one task. */
  find(id: string): Task | null {
    return this.about(id, (row) => {
      const children = rowsNaming(this.store, id, 'parent').map((child) => this.store.idOf(child));
      return toTask(this.store, row, children);
    });
  }

  /** As `find` for each, of those that are remembered. */
  findAll(ids: readonly string[]): Sliced<readonly Task[]> {
    return wholeTasks(this.store, ids);
  }

  /** Those of these ids that are remembered, by Celery's own names. */
  celeryTasks(ids: readonly string[]): Sliced<readonly CeleryTask[]> {
    return celeryTasksInSlices(this.store, ids);
  }

  stateOf(id: string): string | null {
    return this.about(id, (row) => this.store.states.nameOf(this.store.columns.state[row] ?? 0));
  }

  /** What a metric about this task is labelled with. */
  labels(id: string): TaskLabels | null {
    return this.about(id, (row) => taskLabels(this.store, row));
  }

  /** The last run of a task, for a trace. */
  run(id: string): TaskRun | null {
    return this.about(id, (row) => taskRun(this.store, row));
  }

  /** The tasks of the same root, at most `limit`. */
  relatives(id: string, limit: number): Relatives {
    return relativesOf(this.store, id, limit);
  }

  /** Tasks that run now, those first that nothing has been heard of for longest. */
  running(most: number): readonly RunningTask[] {
    return [...rowsIn(this.store, started, most)].map((row) => runningTask(this.store, row));
  }

  /** Tasks that workers hold until their time has come. */
  delayed(most: number): readonly DelayedTask[] {
    return [...rowsIn(this.store, received, most)].flatMap((row) => delayedTask(this.store, row) ?? []);
  }

  /** What happened to some of the tasks. */
  count(query: CountedQuery, now: number): CountedTasks {
    return countTasks(this.store, query, now);
  }

  /** Of the tasks that anything has happened to after it, none has been forgotten. */
  get completeSince(): number {
    return this.store.evictedUntil;
  }

  private about<T>(id: string, tell: (row: number) => T): T | null {
    const row = this.store.find(id);
    return row < 0 ? null : tell(row);
  }
}
