import type { CeleryTask } from './celeryTask.ts';
import type { ControlOutcome } from './control.ts';
import type { FailureGroup } from './failures.ts';
import type { Alert, Check, Verdict } from './health.ts';
import type { AlertEntry, AuditEntry, HistoryStatus } from './history.ts';
import type { Beat, BrokerKind, BrokerOverview, Counters, Gap, LinkState, Queue, Worker } from './model.ts';
import type { GroupStats, Task, TaskPage } from './tasks.ts';
import type { WaitingSession } from './waiting.ts';

/**
 * What is answered in JSON, by the name that its schema has in the description. `scripts/answerSchemas.ts` makes the schemas
 * of these types; comments are what people read there.
 */
export interface AnswerBodies {
  readonly Liveness: { readonly status: 'alive' };
  readonly Readiness: Pick<Verdict, 'level' | 'state'> &
    ({ readonly status: 'ready' } | { readonly status: 'not ready'; readonly reason: string });
  readonly Health: Verdict & { readonly cluster: string; readonly link: LinkState };
  readonly Counters: Counters;
  readonly Status: ClusterStatus & { readonly totals: Readonly<Record<'workers' | 'queues' | 'types', number>> };
  readonly Checks: Listed & Checks;
  readonly Alerts: Listed & { readonly alerts: readonly Alert[] };
  readonly Gaps: Gaps;
  readonly Failures: Listed & { readonly failures: readonly FailureGroup[] };
  readonly Workers: Listed & { readonly workers: readonly Worker[] };
  /** Schedulers (`celery beat`) with remote control: Celery 5.7 or later, started with `--enable-remote-control`. */
  readonly Beats: { readonly beats: readonly Beat[] };
  /** `stats` is null of a worker that has told of no task. */
  readonly WorkerAnswer: { readonly worker: Worker; readonly stats: GroupStats | null };
  readonly Queues: BrokerOverview & Listed & { readonly queues: readonly AgedQueue[] };
  readonly Waiting: { readonly waiting: readonly WaitingSession[] };
  readonly TaskPage: TaskPage;
  readonly CeleryTaskPage: CeleryTaskPage;
  readonly Task: Task;
  readonly CeleryTask: CeleryTask;
  /** Of one task type, if one was asked for. */
  readonly Performance: (Listed & { readonly tasks: readonly GroupStats[] }) | GroupStats;
  readonly Errors: { readonly errors: readonly Task[] };
  readonly HistoryStatus: HistoryStatus;
  readonly PastAlerts: { readonly alerts: readonly AlertEntry[] };
  readonly Audit: { readonly entries: readonly AuditEntry[] };
  readonly ControlOutcome: ControlOutcome;
  readonly Sent: { readonly id: string };
  readonly Purged: { readonly purged: number };
  readonly CompatibleHealth: CompatibleHealth;
  readonly CompatibleTasks: CompatibleTasks;
  readonly CompatibleStats: CompatibleStats;
}

/** A part of a list that may be long. */
interface Listed {
  /** How long the whole list is. */
  readonly total: number;
}

/** Everything that one screen shows of a cluster. */
export interface ClusterStatus {
  /** By the clock of the engine; so are all times. */
  readonly at: number;
  readonly broker: { readonly url: string; readonly kind: BrokerKind; readonly link: LinkState };
  readonly health: Verdict;
  /** `stats` is null of a worker that has reported no task. */
  readonly workers: Readonly<Record<string, Worker & { readonly stats: GroupStats | null }>>;
  readonly beats: readonly Beat[];
  readonly queues: readonly GroupStats[];
  readonly types: readonly GroupStats[];
  readonly counters: Counters;
  readonly gaps: readonly Gap[];
  readonly waiting: readonly WaitingSession[];
}

/** What the health rules found. */
interface Checks {
  /** The URL of the broker, without its password. */
  readonly broker: string;
  /** How long the engine has watched; null: it has looked once. */
  readonly watchedSeconds: number | null;
  readonly verdict: Verdict;
  /** A part of them, the worst first; `total` is the number of all. */
  readonly alerts: readonly Alert[];
  /** Each rule with its worst figure and its limit. */
  readonly checks: readonly Check[];
}

/** As `TaskPage`, with the names and values that Celery uses itself. */
interface CeleryTaskPage extends Pick<TaskPage, 'nextCursor' | 'matching' | 'held'> {
  readonly tasks: readonly CeleryTask[];
}

export type AnswerName = keyof AnswerBodies;

interface Gaps extends Pick<Counters, 'lost' | 'uncountedLosses'> {
  /** The last one still lasts where `isConnected` is false. */
  readonly gaps: readonly Gap[];
  readonly isConnected: boolean;
  /** Since the engine began to listen, also of gaps that are not listed any more. */
  readonly totals: Counters['gaps'];
}

interface AgedQueue extends Queue {
  /** How long ago its figures were read: longer than usual where queues are very many or nobody has asked for a while. */
  readonly ageSeconds: number;
}

interface CompatibleHealth {
  readonly status: Verdict['level'];
  readonly workers: {
    readonly healthy: boolean;
    readonly active_workers: readonly string[];
    readonly worker_count: number;
    /** Why there is none. */
    readonly error?: string;
  };
  /** How many messages wait; -1: the broker does not tell. */
  readonly queues: Readonly<Record<string, number>>;
  readonly recommendations: readonly string[];
}

export interface RunningTask {
  readonly worker: string;
  readonly task_name: string;
  readonly task_id: string;
  /** In seconds since 1970. */
  readonly time_start: number | null;
}

export interface ScheduledTask {
  readonly worker: string;
  readonly task_name: string;
  readonly task_id: string;
  /** ISO 8601. */
  readonly eta: string | null;
}

interface CompatibleTasks {
  readonly running: readonly RunningTask[];
  readonly scheduled: readonly ScheduledTask[];
  readonly running_count: number;
}

interface CompatibleStats {
  readonly total_running: number;
  readonly total_scheduled: number;
  readonly by_task_name: Readonly<Record<string, { readonly running: number; readonly scheduled: number }>>;
}
