import type { FailureGroup } from '../api/failures.ts';
import type {
  AlertEntry,
  AuditEntry,
  FailurePage,
  FailureQuery,
  HistoryStatus,
  JournalQuery,
  Rollup,
  RollupQuery,
} from '../api/history.ts';
import type { Series, SeriesQuery, Task, TaskPage, TaskQuery } from '../api/tasks.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { MinuteKind } from '../state/figures/groupMinute.ts';
import type { QueueStep } from '../state/figures/queueSeries.ts';
import type { StepSum } from '../state/figures/stepSums.ts';
import type { CountedRows, CountTasksQuery } from './countedTaskRows.ts';
import type { QueueMinutes } from './minuteClock.ts';

export interface StepsQuery {
  readonly kind: MinuteKind;
  /** Whole names, or patterns with `*`; left out: all. */
  readonly names?: readonly string[];
  readonly from: number;
  readonly to?: number;
  /** Whole minutes. */
  readonly stepSeconds: number;
}

/** Keeps what one cluster goes through. Whoever started it stops it. */
export interface Recording {
  /** After each slice of events. */
  progressed(): void;
  /** About once a second. */
  tick(): void;
  /** Resolves when all that was known is kept, or when the disk has been given up. */
  stop(): Promise<void>;
}

/**
 * What outlives the process, for one connection: on disk where that is possible, else in memory, and `status` says why. It
 * answers with what the tasks in memory are answered with, so that a view can go on where they end.
 */
export interface History {
  readonly status: HistoryStatus;
  record(state: ClusterState, queues?: QueueMinutes): Recording;
  /** Tasks that have ended. */
  queryTasks(query: TaskQuery): Promise<TaskPage>;
  task(id: string): Promise<Task | null>;
  failures(query: FailureQuery): Promise<FailurePage>;
  rollups(query: RollupQuery): Promise<readonly Rollup[]>;
  /** As `rollups`, but all names together, with all their durations. */
  steps(query: StepsQuery): Promise<readonly StepSum[]>;
  /** Counts tasks that ended, one by one. */
  countTasks(query: CountTasksQuery): Promise<CountedRows>;
  /** By the minute, however far back. */
  series(query: SeriesQuery): Promise<Series>;
  /** How full the queues were in the last seven days: by the minute of late, by the quarter of an hour before. */
  queueSteps(): Promise<readonly QueueStep[]>;
  /** Adds an alert, or replaces the one of its id. */
  saveAlert(alert: AlertEntry): Promise<void>;
  alerts(query: JournalQuery): Promise<readonly AlertEntry[]>;
  /** Adds groups of failures, or replaces those of the same id. */
  saveFailureGroups(groups: readonly FailureGroup[]): Promise<void>;
  /** Those that failed last, as many as a process keeps. */
  failureGroups(): Promise<readonly FailureGroup[]>;
  /** Null: not muted any more. */
  saveAlertMute(alertId: string, until: number | null): Promise<void>;
  /** Until when alerts are muted, by their id. */
  alertMutes(): Promise<Readonly<Record<string, number>>>;
  /** Secrets in the entry are taken out first. */
  appendAudit(entry: AuditEntry): Promise<void>;
  audit(query: JournalQuery): Promise<readonly AuditEntry[]>;
  close(): Promise<void>;
}
