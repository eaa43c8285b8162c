import type { Severity, Verdict } from './health.ts';
import type { Environment, Gap, LinkState, WorkerStatus } from './model.ts';
import type { SeriesMetric, WindowStats } from './tasks.ts';

export const filterKinds = ['type', 'queue', 'worker'] as const;
export type FilterKind = (typeof filterKinds)[number];

/** Only tasks that are of one of these types, from one of these queues and on one of these workers; `*` makes a pattern. */
export type DashboardFilter = Readonly<Partial<Record<FilterKind, readonly string[]>>>;

export interface DashboardQuery {
  readonly clusterId: string;
  /** The span to show; an end that is left out is now. */
  readonly from: number;
  readonly to?: number;
  readonly filter: DashboardFilter | null;
}

/** Counts of these are told per second, so that steps of any length can be compared. */
export const dashboardRates = [
  'sent',
  'received',
  'succeeded',
  'failed',
  'retried',
  'revoked',
  'rejected',
  'timedOut',
] as const satisfies readonly SeriesMetric[];

/** These hold at a moment, or in a step: gauges are averaged over it, quantiles are those of all that ended in it. */
export const dashboardLevels = [
  'running',
  'waiting',
  'workersOnline',
  'runtimeP50',
  'runtimeP95',
  'runtimeP99',
  'waitP95',
] as const satisfies readonly SeriesMetric[];

export type DashboardMetric = (typeof dashboardRates)[number] | (typeof dashboardLevels)[number];

type Points = readonly (number | null)[];

/** Everything the dashboard shows of one cluster in one span of time. Nothing in it grows with the number of tasks. */
export interface Dashboard {
  readonly clusterId: string;
  readonly name: string;
  readonly environment: Environment;
  readonly isReadOnly: boolean;
  readonly link: LinkState;
  /** When it was made, by the engine's clock. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly filter: DashboardFilter | null;
  /** What is filtered by several kinds is counted from single tasks, and only from then on are all of them known; else null. */
  readonly countedFrom: number | null;
  readonly stepSeconds: number;
  /** One value for each step from `from` on; null where nothing is known, or what is asked for is not told by step. */
  readonly points: Readonly<Record<DashboardMetric, Points>>;
  /** How many tasks succeeded or failed in it, as far as that is known. */
  readonly ended: number;
  /** The spans within it in which events may be missing. */
  readonly gaps: readonly Gap[];
  readonly now: DashboardNow;
  readonly queues: DashboardQueues;
  readonly usage: DashboardUsage;
  readonly workers: readonly DashboardWorker[];
  /** Of the tasks that are remembered, how many are in which state. */
  readonly states: Readonly<Record<string, number>>;
  readonly slowest: readonly SlowType[];
  readonly verdict: Verdict;
  readonly thresholds: DashboardThresholds;
}

/** The health rules whose thresholds can be drawn, or tell how a figure is to be taken. */
export const dashboardRules = [
  'failureRate',
  'retryRate',
  'queueDepth',
  'queueGrowth',
  'queueWait',
  'slowTasks',
] as const;

/** The mildest first. */
export type DashboardThresholds = Readonly<
  Record<(typeof dashboardRules)[number], readonly { readonly severity: Severity; readonly above: number }[]>
>;

/** How it stands at this moment. */
export interface DashboardNow {
  readonly workersOnline: number;
  readonly workersKnown: number;
  /** Tasks that run, as the workers' last heartbeats say; with a filter, those that are known to have started. */
  readonly active: number;
  /** Null: no broker told how many wait. */
  readonly queued: number | null;
  readonly queuedGrowthPerSecond: number | null;
  readonly drainSeconds: number | null;
  /** What happened in the last five minutes. */
  readonly window: WindowStats;
  /** Events that were received and are not processed yet. */
  readonly backlog: number;
  readonly lastEventAt: number | null;
  readonly events: number;
  readonly lost: number;
}

export interface DashboardQueues {
  /** The depths have steps of their own: queues are asked, not heard. */
  readonly stepSeconds: number;
  readonly from: number;
  /** The deepest, and what all others hold together. */
  readonly lines: readonly { readonly name: string; readonly ready: Points }[];
  readonly others: { readonly count: number; readonly ready: Points } | null;
  readonly total: Points;
  /** How many wait in the deepest at this moment; null: no queue was read. */
  readonly deepest: number | null;
}

/** What the main processes of the workers use up; they are asked about once a minute. */
export interface DashboardUsage {
  readonly stepSeconds: number;
  readonly from: number;
  /** Of those that use most at the end: shares of one core. */
  readonly cpu: readonly UsageLine[];
  /** The most that they have taken, in bytes. */
  readonly memory: readonly UsageLine[];
  /** How many more there are. */
  readonly others: number;
}

export interface UsageLine {
  readonly name: string;
  readonly values: Points;
}

export interface DashboardWorker {
  readonly hostname: string;
  readonly status: WorkerStatus;
  readonly statusSince: number;
  readonly active: number | null;
  /** How many tasks it can run at once; null until it has been asked. */
  readonly slots: number | null;
  /** The most that its main process has taken; null where it does not tell. */
  readonly memoryBytes: number | null;
  /** Of one core, by its main process, between the last two times that it was asked. */
  readonly cpuShare: number | null;
  /** Of its machine, in the last minute. */
  readonly loadAverage: number | null;
  readonly processed: number | null;
}

export interface SlowType {
  readonly name: string;
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly baselineSeconds: number | null;
}

/** More workers than these are not listed. */
export const dashboardRowLimit = 200;

/** Asks which names there are to filter by; at most a thousand are told, in order. */
export interface NamesParams {
  readonly clusterId: string;
  readonly kind: FilterKind;
}
