import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { TaskPage, TaskQuery, TaskSummary } from '../../server/api/tasks.ts';
import { everyTask, queryOf, type TaskFilter } from './taskFilter.ts';

/** What a row of each kind names, besides its connection. */
interface Subjects {
  readonly task: { readonly taskId: string; readonly taskName: string | null; readonly hostname: string | null };
  readonly moreTasks: { readonly matching: number | null; readonly step: number };
}

type Kind = keyof Subjects;

/** A row of the Tasks view. */
export type TaskNode<K extends Kind = Kind> = {
  readonly [L in K]: { readonly kind: L; readonly clusterId: string } & Subjects[L];
}[K];

/** What the Tasks view is made from, as it is now. */
export interface TaskSource {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  readonly list: TaskList;
  /** The tasks that wait in rdb, by id. */
  readonly standing: ReadonlySet<string>;
}

const tasksAtOnce = 50;
/** The engine gives so many in one answer; whoever looks for older ones narrows the filter. */
const mostTasks = 1_000;

/** The newest tasks that pass the filter, as the engine last said. What was read stays until something newer is there. */
export class TaskList {
  filter: TaskFilter = everyTask;
  readonly #query: (clusterId: string, query: TaskQuery) => Promise<TaskPage>;
  #limit = tasksAtOnce;
  #clusterId: string | null = null;
  #page: TaskPage | null = null;
  #byId = new Map<string, TaskSummary>();
  #reading = 0;

  constructor(query: (clusterId: string, query: TaskQuery) => Promise<TaskPage>) {
    this.#query = query;
  }

  /** Null until something was read. */
  get held(): number | null {
    return this.#page?.held ?? null;
  }

  get isEmpty(): boolean {
    return this.#page !== null && this.#page.tasks.length === 0;
  }

  get hasRunning(): boolean {
    return this.#page?.tasks.some(({ state }) => state === 'STARTED') ?? false;
  }

  find(taskId: string): TaskSummary | undefined {
    return this.#byId.get(taskId);
  }

  nodes(): TaskNode[] {
    const [page, clusterId] = [this.#page, this.#clusterId];
    if (page === null || clusterId === null) return [];
    const rows = page.tasks.map(
      ({ id, name, worker }) => ({ kind: 'task', clusterId, taskId: id, taskName: name, hostname: worker }) as const,
    );
    if (page.nextCursor === null) return rows;
    const step = this.#limit < mostTasks ? tasksAtOnce : 0;
    return [...rows, { kind: 'moreTasks', clusterId, matching: page.matching, step }];
  }

  showMore(): void {
    this.#limit = Math.min(mostTasks, this.#limit + tasksAtOnce);
  }

  narrow(filter: TaskFilter): void {
    this.filter = filter;
    this.#limit = tasksAtOnce;
  }

  /** Reads the list anew; of several readings at once the last one counts. Answers whether it was the last. */
  async read(clusterId: string | null): Promise<boolean> {
    this.#reading += 1;
    const mine = this.#reading;
    if (clusterId !== this.#clusterId) this.#take(clusterId, null);
    if (clusterId === null) return true;
    const page = await this.#query(clusterId, queryOf(this.filter, this.#limit));
    if (mine !== this.#reading) return false;
    this.#take(clusterId, page);
    return true;
  }

  #take(clusterId: string | null, page: TaskPage | null): void {
    this.#clusterId = clusterId;
    this.#page = page;
    this.#byId = new Map(page?.tasks.map((task) => [task.id, task]));
  }
}
