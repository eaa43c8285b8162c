import type { TaskQuery, TaskSummary, TaskWindow, TaskWindowQuery } from '../api/tasks.ts';
import type { History } from '../history/history.ts';

/** Whoever looks further back than this does better to filter. */
const longest = 10_000;
const pageRows = 500;
const listsKept = 3;

interface List {
  readonly rows: TaskSummary[];
  /** Undefined: nothing was read yet. Null: there is no more. */
  cursor: string | null | undefined;
  held: number;
}

/** Windows into the history, which is read page after page: what was read stays for a while, in an order of its own. */
export class HistoryList {
  private readonly history: History;
  private readonly lists = new Map<number, { readonly key: string; readonly list: List }>();
  private made = 0;

  constructor(history: History) {
    this.history = history;
  }

  async window({ query, offset, limit, order: asked }: TaskWindowQuery): Promise<TaskWindow> {
    const key = JSON.stringify(query);
    const known = asked === null ? undefined : this.lists.get(asked);
    const order = known?.key === key ? (asked ?? 0) : this.begin(key);
    const list = this.lists.get(order)?.list ?? { rows: [], cursor: null, held: 0 };
    const end = Math.min(longest, offset + limit);
    while (list.rows.length < end && list.cursor !== null) await this.readOn(list, query);
    return {
      order,
      offset,
      rows: list.rows.slice(offset, end),
      total: Math.min(longest, list.rows.length + (list.cursor === null ? 0 : pageRows)),
      held: list.held,
    };
  }

  private begin(key: string): number {
    this.made += 1;
    this.lists.set(this.made, { key, list: { rows: [], cursor: undefined, held: 0 } });
    for (const oldest of this.lists.keys()) if (this.lists.size > listsKept) this.lists.delete(oldest);
    return this.made;
  }

  private async readOn(list: List, query: TaskQuery): Promise<void> {
    const { cursor } = list;
    const page = await this.history.queryTasks({ ...query, limit: pageRows, ...(cursor ? { cursor } : {}) });
    list.rows.push(...page.tasks);
    list.cursor = page.nextCursor;
    list.held = page.held;
  }
}
