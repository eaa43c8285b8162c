import {
  type Dashboard,
  type DashboardFilter,
  type DashboardQuery,
  type DashboardThresholds,
  type DashboardWorker,
  dashboardRowLimit,
  dashboardRules,
  type SlowType,
} from '../../api/dashboard.ts';
import type { Rollup } from '../../api/history.ts';
import type { Worker, WorkerStatus } from '../../api/model.ts';
import type { Series } from '../../api/tasks.ts';
import type { Group } from '../../state/group.ts';
import { namePatterns } from '../../state/namePatterns.ts';
import { type TimeSteps, timeSteps } from '../../state/timeSteps.ts';
import { WindowSum } from '../../state/windowSum.ts';
import type { Cluster } from '../cluster.ts';
import { cpuShareOf } from './cpuShare.ts';
import { groupPoints } from './groupPoints.ts';
import { nowPart } from './nowPart.ts';
import { dashboardMetrics, type SpanPoints, withoutGaps } from './points.ts';
import { queuePart } from './queuePart.ts';
import { Remembered } from './remembered.ts';
import { wholePoints } from './wholePoints.ts';

const slowestShown = 10;
const slowestWindow = 60;
const nowWindow = 5;
const minuteMs = 60_000;
const everything = (): boolean => true;

/** Reads what a dashboard shows of one cluster. What is dear to read is read again only after some seconds. */
export class DashboardReader {
  private readonly cluster: Cluster;
  private readonly older = new Remembered<Series>(30_000);
  private readonly rollups = new Remembered<readonly Rollup[]>(15_000);
  private readonly slowest = new Remembered<readonly SlowType[]>(5_000);

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  async read({ clusterId, from, to: end, filter }: DashboardQuery, now: number): Promise<Dashboard> {
    const { cluster } = this;
    const { connection, state } = cluster;
    const to = Math.min(end ?? now, now);
    const steps = timeSteps(Math.min(from, to), to, now, filter !== null);
    const groups = groupsOf(cluster, filter);
    const gaps = cluster.gapsUntil(now).filter((gap) => gap.to > steps.from && gap.from < to);
    const { points, ended } = filter ? await this.filtered(filter, groups, steps, now) : await this.whole(steps, now);
    const fitsQueue = filter?.kind === 'queue' ? namePatterns(filter.names) : everything;
    const queues = [...cluster.allQueues.values()];
    const window = new WindowSum(nowWindow);
    for (const group of filter ? groups : state.groups('worker').select()) group.addTo(window, now);
    const queuesPart = queuePart({
      queues,
      series: cluster.queueSeries,
      fits: fitsQueue,
      from: steps.from,
      to,
      now,
      gaps,
    });
    return {
      clusterId,
      name: connection.name,
      environment: connection.environment ?? 'dev',
      isReadOnly: connection.isReadOnly ?? false,
      link: cluster.linkState,
      at: now,
      from: steps.from,
      to,
      filter,
      stepSeconds: steps.stepSeconds,
      points: withoutGaps(points, steps, gaps),
      ended,
      gaps,
      now: nowPart({ cluster, filter, groups, queues: queues.filter(({ name }) => fitsQueue(name)), window }),
      queues: queuesPart,
      workers: this.workers(filter),
      states: state.heldByState(filter ? groups : undefined),
      slowest: await this.slowestTypes(filter, now),
      verdict: cluster.health.verdict,
      thresholds: thresholdsOf(cluster),
    };
  }

  /** Minutes from before the engine began to listen are asked of the history. */
  private async whole(steps: TimeSteps, now: number): Promise<SpanPoints> {
    const { history, startedAt, state } = this.cluster;
    if (steps.from >= startedAt || !history) return wholePoints(state, steps, now, null);
    const from = Math.floor(steps.from / minuteMs) * minuteMs;
    const query = { metrics: dashboardMetrics, from, to: startedAt };
    const series = await this.older.get(`${from}`, now, () => history.series(query));
    return wholePoints(state, steps, now, { series, until: startedAt });
  }

  private async filtered(
    filter: DashboardFilter,
    groups: readonly Group[],
    steps: TimeSteps,
    now: number,
  ): Promise<SpanPoints> {
    const { history, startedAt } = this.cluster;
    const historyStepSeconds = Math.max(60, steps.stepSeconds);
    const { kind, names } = filter;
    const query = { kind, names, from: steps.from, to: now, stepSeconds: historyStepSeconds };
    const key = JSON.stringify([kind, names, historyStepSeconds, Math.floor(steps.from / historyStepSeconds / 1000)]);
    const rollups = history ? await this.rollups.get(key, now, () => history.rollups(query)) : [];
    return groupPoints({ groups, steps, now, startedAt, rollups, historyStepSeconds });
  }

  /** Those that need a look come first; the others stay in their order. */
  private workers(filter: DashboardFilter | null): readonly DashboardWorker[] {
    const fits = filter?.kind === 'worker' ? namePatterns(filter.names) : everything;
    return [...this.cluster.state.workers.values()]
      .filter(({ hostname }) => fits(hostname))
      .sort((a, b) => placeOf(a) - placeOf(b) || (a.hostname < b.hostname ? -1 : 1))
      .slice(0, dashboardRowLimit)
      .map((worker) => this.worker(worker));
  }

  private worker({ hostname, status, statusSince, active, loadAverage, processed }: Worker): DashboardWorker {
    const survey = this.cluster.health.surveys.get(hostname);
    return {
      hostname,
      status,
      statusSince,
      active,
      slots: survey?.stats?.concurrency ?? null,
      memoryBytes: survey?.stats?.peakMemoryBytes ?? null,
      cpuShare: survey ? cpuShareOf(survey) : null,
      loadAverage: loadAverage?.[0] ?? null,
      processed,
    };
  }

  private slowestTypes(filter: DashboardFilter | null, now: number): Promise<readonly SlowType[]> {
    const chosen = filter?.kind === 'type' ? filter.names : null;
    return this.slowest.get(JSON.stringify(chosen), now, async () => {
      const fits = chosen ? namePatterns(chosen) : everything;
      return this.cluster.state
        .groups('type')
        .named()
        .filter(([name]) => fits(name))
        .map(([name, group]) => slowType(name, group, now))
        .filter(({ count }) => count > 0)
        .sort((a, b) => (b.p95 ?? 0) - (a.p95 ?? 0))
        .slice(0, slowestShown);
    });
  }
}

const groupsOf = ({ state }: Cluster, filter: DashboardFilter | null): readonly Group[] =>
  filter ? state.groups(filter.kind).select(namePatterns(filter.names)) : [];

const places: Readonly<Record<WorkerStatus, number>> = { lost: 0, late: 1, online: 2, offline: 3 };
const thresholdsOf = ({ health }: Cluster): DashboardThresholds =>
  Object.fromEntries(
    dashboardRules.map((rule) => [rule, health.thresholds[rule].map(({ severity, above }) => ({ severity, above }))]),
  ) as unknown as DashboardThresholds;

const placeOf = ({ status }: Worker): number => places[status];

const slowType = (name: string, group: Group, now: number): SlowType => {
  const sum = new WindowSum(slowestWindow);
  group.addTo(sum, now);
  const { count, mean, p50, p95, p99 } = sum.stats().runtime;
  return { name, count, mean, p50, p95, p99, baselineSeconds: group.baselineSeconds };
};
