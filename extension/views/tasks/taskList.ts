import type { TaskPage, TaskQuery, TaskSummary } from '../../../server/api/tasks.ts';
import { everyTask, queryOf, type TaskFilter } from './taskFilter.ts';
import { type TaskNode, taskNode } from './taskRow.ts';

const tasksAtOnce = 50;
/** The engine gives so many in one answer; whoever looks for older ones narrows the filter. */
const mostTasks = 1_000;

/** The newest tasks that pass the filter, as the engine last said. What was read stays until something newer is there. */
export class TaskList {
  filter: TaskFilter = everyTask;
  private readonly query: (clusterId: string, query: TaskQuery) => Promise<TaskPage>;
  private limit = tasksAtOnce;
  private clusterId: string | null = null;
  private page: TaskPage | null = null;
  private byId = new Map<string, TaskSummary>();
  private reading = 0;

  constructor(query: (clusterId: string, query: TaskQuery) => Promise<TaskPage>) {
    this.query = query;
  }

  /** Null until something was read. */
  get held(): number | null {
    return this.page?.held ?? null;
  }

  get isEmpty(): boolean {
    return this.page !== null && this.page.tasks.length === 0;
  }

  get hasRunning(): boolean {
    return this.page?.tasks.some(({ state }) => state === 'STARTED') ?? false;
  }

  find(taskId: string): TaskSummary | undefined {
    return this.byId.get(taskId);
  }

  nodes(): TaskNode[] {
    const { page, clusterId } = this;
    if (page === null || clusterId === null) return [];
    const rows = page.tasks.map((task) => taskNode(clusterId, task));
    if (page.nextCursor === null) return rows;
    const step = this.limit < mostTasks ? tasksAtOnce : 0;
    return [...rows, { kind: 'moreTasks', id: `moreTasks:${clusterId}`, clusterId, matching: page.matching, step }];
  }

  showMore(): void {
    this.limit = Math.min(mostTasks, this.limit + tasksAtOnce);
  }

  narrow(filter: TaskFilter): void {
    this.filter = filter;
    this.limit = tasksAtOnce;
  }

  /** Reads the list anew; of several readings at once the last one counts. Answers whether it was the last. */
  async read(clusterId: string | null): Promise<boolean> {
    this.reading += 1;
    const mine = this.reading;
    if (clusterId !== this.clusterId) this.take(clusterId, null);
    if (clusterId === null) return true;
    const page = await this.query(clusterId, queryOf(this.filter, this.limit));
    if (mine !== this.reading) return false;
    this.take(clusterId, page);
    return true;
  }

  private take(clusterId: string | null, page: TaskPage | null): void {
    this.clusterId = clusterId;
    this.page = page;
    this.byId = new Map(page?.tasks.map((task) => [task.id, task]));
  }
}
