import { CeleriacError, toErrorData } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { BackendRecord, TaskDetail } from '../api/taskDetail.ts';
import type { Task, TaskPage, TaskQuery, TaskWindow, TaskWindowQuery } from '../api/tasks.ts';
import type { History } from '../history/history.ts';
import { createResultReader } from '../results/createResultReader.ts';
import type { ResultReader } from '../results/resultReader.ts';
import type { Cluster } from './cluster.ts';
import { HistoryList } from './historyList.ts';
import { inSlices } from './inSlices.ts';
import { ResultDesk } from './resultDesk.ts';
import { taskDetail } from './taskDetail.ts';

const longestSearch = 200;

/** Each place where a text may begin costs as much time as the text is long. */
const checkSearch = ({ text = '' }: TaskQuery): void => {
  if (text.length > longestSearch)
    throw new CeleriacError('badRequest', phrase('search.tooLong', { n: longestSearch }));
};

/** Answers what pages about single tasks of one cluster ask. Whoever made it closes it. */
export class TaskDesk {
  private readonly connection: ConnectionConfig;
  private readonly cluster: Cluster;
  private readonly history: History | null;
  private reader: ResultReader | null = null;
  private results: ResultDesk | null = null;
  private past: HistoryList | null = null;

  constructor(connection: ConnectionConfig, cluster: Cluster, history: History | null) {
    this.connection = connection;
    this.cluster = cluster;
    this.history = history;
  }

  detail(id: string): Promise<TaskDetail> {
    const { state, rawEvents, outlet, linkState: link } = this.cluster;
    const { history } = this;
    return taskDetail(id, {
      state,
      rawEvents,
      history,
      redactor: outlet.redactor,
      now: Date.now(),
      link,
      record: (taskId) => this.record(taskId),
    });
  }

  async page(query: TaskQuery): Promise<TaskPage> {
    checkSearch(query);
    return inSlices(this.cluster.state.tasks.pageInSlices(query));
  }

  /** Ended tasks that were kept, also from before. */
  async keptPage(query: TaskQuery): Promise<TaskPage> {
    checkSearch(query);
    if (!this.history) throw new CeleriacError('unsupported', phrase('history.none'));
    return this.history.queryTasks(query);
  }

  /** As it is remembered, else as it was kept. */
  async task(id: string): Promise<Task | null> {
    return this.cluster.state.tasks.find(id) ?? (await this.history?.task(id)) ?? null;
  }

  /** The tasks that failed last, remembered or kept, the latest first. */
  async lastFailed(limit: number): Promise<readonly Task[]> {
    const query: TaskQuery = { states: ['FAILURE'], sort: { column: 'finished', descending: true }, limit };
    const held = (await this.page(query)).tasks;
    const kept = (await this.history?.queryTasks(query))?.tasks ?? [];
    const ids = new Map([...kept, ...held].map(({ id, finishedAt }) => [id, finishedAt ?? 0]));
    const latest = [...ids].sort(([, a], [, b]) => b - a).slice(0, limit);
    const remembered = await inSlices(this.cluster.state.tasks.findAll(latest.map(([id]) => id)));
    const byId = new Map(remembered.map((task) => [task.id, task]));
    const tasks = await Promise.all(latest.map(async ([id]) => byId.get(id) ?? (await this.history?.task(id)) ?? null));
    return tasks.filter((task) => task !== null);
  }

  async window(query: TaskWindowQuery): Promise<TaskWindow> {
    const { history, cluster } = this;
    checkSearch(query.query);
    if (query.source === 'history' && history) this.past ??= new HistoryList(history);
    const past = query.source === 'history' ? this.past : null;
    return past ? past.window(query) : inSlices(cluster.state.tasks.windowInSlices(query));
  }

  async close(): Promise<void> {
    await this.reader?.close();
  }

  private async record(id: string): Promise<BackendRecord> {
    const { resultBackend } = this.connection;
    if (resultBackend === undefined) return { kind: 'unknown' };
    try {
      this.reader ??= createResultReader({ url: resultBackend });
    } catch (error) {
      return { kind: 'failed', sentence: toErrorData(error).sentence };
    }
    this.results ??= new ResultDesk(this.reader, this.cluster.outlet.redactor);
    return this.results.record(id);
  }
}
