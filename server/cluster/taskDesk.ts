import { CeleriacError, toErrorData } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { defaultRedactPatterns } from '../api/redaction.ts';
import { makeRedactor, type Redactor } from '../api/redactor.ts';
import type { BackendRecord, TaskDetail } from '../api/taskDetail.ts';
import type { Task, TaskPage, TaskQuery, TaskSummary, TaskWindow, TaskWindowQuery } from '../api/tasks.ts';
import type { History } from '../history/history.ts';
import { createResultReader } from '../results/createResultReader.ts';
import type { ResultReader } from '../results/resultReader.ts';
import type { Cluster } from './cluster.ts';
import { HistoryList } from './historyList.ts';
import { inSlices } from './inSlices.ts';
import { ResultDesk } from './resultDesk.ts';
import { taskDetail } from './taskDetail.ts';

const noHistory = 'No history is kept here, so that only what is remembered can be asked for.';

/** Answers what pages about single tasks of one cluster ask. Whoever made it closes it. */
export class TaskDesk {
  readonly redactor: Redactor;
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
    this.redactor = makeRedactor(connection.redactPatterns ?? defaultRedactPatterns);
  }

  detail(id: string): Promise<TaskDetail> {
    const { state, rawEvents } = this.cluster;
    const { history, redactor } = this;
    return taskDetail(id, {
      state,
      rawEvents,
      history,
      redactor,
      now: Date.now(),
      record: (taskId) => this.record(taskId),
    });
  }

  page(query: TaskQuery): TaskPage {
    const page = this.cluster.state.queryTasks(query);
    return { ...page, tasks: page.tasks.map((task) => this.redacted(task)) };
  }

  /** Ended tasks that were kept, also from before. */
  async keptPage(query: TaskQuery): Promise<TaskPage> {
    if (!this.history) throw new CeleriacError('unsupported', noHistory);
    const page = await this.history.queryTasks(query);
    return { ...page, tasks: page.tasks.map((task) => this.redacted(task)) };
  }

  /** As it is remembered, else as it was kept. */
  async task(id: string): Promise<Task | null> {
    const task = this.cluster.state.task(id) ?? (await this.history?.task(id)) ?? null;
    return (
      task && { ...task, ...this.redacted(task), traceback: task.traceback && this.redactor.traceback(task.traceback) }
    );
  }

  /** The tasks that failed last, remembered or kept, the latest first. */
  async lastFailed(limit: number): Promise<readonly Task[]> {
    const query: TaskQuery = { states: ['FAILURE'], sort: { column: 'finished', descending: true }, limit };
    const held = this.cluster.state.queryTasks(query).tasks;
    const kept = (await this.history?.queryTasks(query))?.tasks ?? [];
    const ids = new Map([...kept, ...held].map(({ id, finishedAt }) => [id, finishedAt ?? 0]));
    const latest = [...ids].sort(([, a], [, b]) => b - a).slice(0, limit);
    const tasks = await Promise.all(latest.map(([id]) => this.task(id)));
    return tasks.filter((task) => task !== null);
  }

  async window(query: TaskWindowQuery): Promise<TaskWindow> {
    const { history, cluster } = this;
    if (query.source === 'history' && history) this.past ??= new HistoryList(history);
    const past = query.source === 'history' ? this.past : null;
    const window = past ? await past.window(query) : await inSlices(cluster.state.taskWindowInSlices(query));
    return { ...window, rows: window.rows.map((task) => task && this.redacted(task)) };
  }

  private redacted(task: TaskSummary): TaskSummary {
    const shown = (text: string | null): string | null => (text === null ? null : this.redactor.text(text));
    const { args, kwargs, result, exception } = task;
    return { ...task, args: shown(args), kwargs: shown(kwargs), result: shown(result), exception: shown(exception) };
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
    this.results ??= new ResultDesk(this.reader, this.redactor);
    return this.results.record(id);
  }
}
