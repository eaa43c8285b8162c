import type { FailureGroup } from '../api/failures.ts';
import {
  type AlertEntry,
  type AuditEntry,
  endStates,
  type FailurePage,
  type FailureQuery,
  type HistoryStatus,
  type JournalQuery,
  type Rollup,
  type RollupQuery,
} from '../api/history.ts';
import { namePatterns } from '../api/namePatterns.ts';
import type { Series, SeriesQuery, Task, TaskPage, TaskQuery } from '../api/tasks.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { QueueStep } from '../state/figures/queueSeries.ts';
import type { StepSum } from '../state/figures/stepSums.ts';
import type { CountedRows, CountTasksQuery } from './countedTaskRows.ts';
import { exceptionKind } from './exceptionKind.ts';
import type { History, Recording, StepsQuery } from './history.ts';
import { journalLimit } from './journalRows.ts';
import { MinuteClock, noQueues } from './minuteClock.ts';
import type { MinuteRecord } from './minuteRecord.ts';
import type { Notices } from './notices.ts';
import { redact } from './redact.ts';
import { type RollupPart, sumRollups, sumSteps } from './sumRollups.ts';

const partLimit = 200_000;
const journalEntries = 10_000;

/** What can be had without a disk: the tasks the state remembers, and the rest for as long as the backend lives. */
export class MemoryHistory implements History {
  private readonly notices: Notices;
  private readonly now: () => number;
  private state: ClusterState | null = null;
  private readonly parts = new Map<string, RollupPart & { readonly kind: string }>();
  private readonly alertsById = new Map<string, AlertEntry>();
  private readonly auditEntries: AuditEntry[] = [];

  constructor(notices: Notices, now: () => number) {
    this.notices = notices;
    this.now = now;
  }

  get status(): HistoryStatus {
    return { kind: 'memory', path: null, notices: this.notices.all, written: 0, dropped: 0 };
  }

  record(state: ClusterState): Recording {
    const minutes = new MinuteClock(state, noQueues, this.now());
    this.state = state;
    return {
      progressed: () => undefined,
      tick: () => this.keep(minutes.due(this.now())),
      stop: async () => this.keep(minutes.rest(this.now())),
    };
  }

  async queryTasks(query: TaskQuery): Promise<TaskPage> {
    const asked = query.states && query.states.length > 0 ? query.states : endStates;
    const states = asked.map((state) => state.toUpperCase()).filter((state) => endStates.includes(state));
    const none: TaskPage = { tasks: [], nextCursor: null, matching: 0, held: 0 };
    return states.length === 0 ? none : (this.state?.tasks.page({ ...query, states }) ?? none);
  }

  async task(id: string): Promise<Task | null> {
    return this.state?.tasks.find(id) ?? null;
  }

  /** Those of the tasks that are held and ended so; attempts before are not remembered. */
  async failures(query: FailureQuery): Promise<FailurePage> {
    const { names = [], workers = [], queues = [], kinds, from, to, limit, cursor } = query;
    const page = await this.queryTasks({
      states: ['FAILURE'],
      names,
      workers,
      queues,
      time: { column: 'finished', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      sort: { column: 'finished', descending: true },
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const isKind = kinds && kinds.length > 0 ? namePatterns(kinds) : () => true;
    const failures = page.tasks.map(({ id, name, worker, queue, finishedAt }) => {
      const { exception = null, traceback = null } = this.state?.tasks.find(id) ?? {};
      const kind = exceptionKind(exception);
      return { taskId: id, at: finishedAt ?? 0, retried: false, name, worker, queue, kind, exception, traceback };
    });
    const isTask = (id: string): boolean => query.taskIds?.includes(id) ?? true;
    const asked = failures.filter(({ kind, taskId }) => isKind(kind ?? '') && isTask(taskId));
    return { failures: asked, nextCursor: page.nextCursor };
  }

  async rollups(query: RollupQuery): Promise<readonly Rollup[]> {
    return sumRollups(this.partsOf(query), query.stepSeconds ?? 60);
  }

  async steps(query: StepsQuery): Promise<readonly StepSum[]> {
    return sumSteps(this.partsOf(query), query.stepSeconds);
  }

  /** The tasks in memory are all there are, and they are counted there. */
  async countTasks({ to }: CountTasksQuery): Promise<CountedRows> {
    return { sums: [], since: to };
  }

  private partsOf({ kind, names, from, to }: Omit<StepsQuery, 'stepSeconds'>): readonly RollupPart[] {
    const isAsked = names && names.length > 0 ? namePatterns(names) : () => true;
    const end = to ?? this.now();
    return [...this.parts.values()].filter(
      (part) =>
        part.kind === kind && part.at >= Math.floor(from / 60_000) * 60_000 && part.at < end && isAsked(part.name),
    );
  }

  /** The series in memory are all there is. */
  async queueSteps(): Promise<readonly QueueStep[]> {
    return [];
  }

  async series(query: SeriesQuery): Promise<Series> {
    return (
      this.state?.series({ ...query, stepSeconds: 60 }, this.now()) ?? { stepSeconds: 60, from: query.from, points: {} }
    );
  }

  /** Who keeps groups and mutes in memory already needs no second copy of them. */
  async saveFailureGroups(): Promise<void> {}

  async failureGroups(): Promise<readonly FailureGroup[]> {
    return [];
  }

  async saveAlertMute(): Promise<void> {}

  async alertMutes(): Promise<Readonly<Record<string, number>>> {
    return {};
  }

  async saveAlert(alert: AlertEntry): Promise<void> {
    this.alertsById.set(alert.id, alert);
    const oldest = this.alertsById.keys().next().value;
    if (this.alertsById.size > journalEntries && oldest !== undefined) this.alertsById.delete(oldest);
  }

  async alerts(query: JournalQuery): Promise<readonly AlertEntry[]> {
    return newest([...this.alertsById.values()], ({ raisedAt }) => raisedAt, query);
  }

  async appendAudit(entry: AuditEntry): Promise<void> {
    this.auditEntries.push(redact(entry));
    if (this.auditEntries.length > journalEntries) this.auditEntries.shift();
  }

  async audit(query: JournalQuery): Promise<readonly AuditEntry[]> {
    return newest(this.auditEntries.toReversed(), ({ at }) => at, query);
  }

  async close(): Promise<void> {
    this.state = null;
  }

  private keep(minutes: readonly MinuteRecord[]): void {
    for (const { at, writer, heardFrom, heardTo, groups } of minutes) {
      for (const group of groups) {
        this.parts.set(`${at} ${writer} ${group.kind} ${group.name}`, { ...group, at, heardFrom, heardTo });
      }
    }
    for (const key of this.parts.keys()) {
      if (this.parts.size <= partLimit) break;
      this.parts.delete(key);
    }
  }
}

const newest = <T>(entries: readonly T[], timeOf: (entry: T) => number, query: JournalQuery): readonly T[] => {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query;
  return entries
    .filter((entry) => timeOf(entry) >= from && timeOf(entry) < to)
    .sort((a, b) => timeOf(b) - timeOf(a))
    .slice(0, journalLimit(query.limit));
};
