import {
  type Dashboard,
  type DashboardFilter,
  type DashboardQuery,
  type DashboardThresholds,
  type DashboardWorker,
  dashboardRowLimit,
  dashboardRules,
  type FilterKind,
  type SlowType,
} from '../../api/dashboard.ts';
import type { Gap, Worker, WorkerStatus } from '../../api/model.ts';
import type { CountedRows } from '../../history/countedTaskRows.ts';
import type { History } from '../../history/history.ts';
import type { Group } from '../../state/figures/group.ts';
import type { QuantileSketch } from '../../state/figures/quantileSketch.ts';
import type { StepSum } from '../../state/figures/stepSums.ts';
import { type TimeSteps, timeSteps } from '../../state/figures/timeSteps.ts';
import { WindowSum } from '../../state/figures/windowSum.ts';
import type { CountedTasks } from '../../state/queries/countedTasks.ts';
import { forEachOf } from '../../state/queries/slices.ts';
import type { Cluster } from '../cluster.ts';
import { inSlices } from '../inSlices.ts';
import { countedPoints } from './countedPoints.ts';
import { cpuShareOf } from './cpuShare.ts';
import { asked, choiceOf, fitsOf, groupsOf, onlyKind } from './dashboardFilter.ts';
import { groupPointsInSlices } from './groupPoints.ts';
import { heardUntil } from './heardUntil.ts';
import { nowPart } from './nowPart.ts';
import { olderGaps } from './olderGaps.ts';
import { dashboardMetrics, type SpanPoints, withoutGaps } from './points.ts';
import { queuePart } from './queuePart.ts';
import { Remembered } from './remembered.ts';
import { usagePart } from './usagePart.ts';
import { type Older, wholeLevels, wholePoints } from './wholePoints.ts';

const slowestShown = 10;
const slowestWindow = 60;
const nowWindow = 5;
/** The windows of so many take a few milliseconds. */
const groupsAtOnce = 128;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** As long as the figures in memory reach, and a history that is not configured. */
const usualDays = 7;
/** No chart looks further back, however long the history is kept: each of its minutes is summed up in one go. */
const mostDays = 31;

/** Reads what a dashboard shows of one cluster. What is dear to read is read again only after some seconds. */
export class DashboardReader {
  private readonly cluster: Cluster;
  private readonly older = new Remembered<Older>(30_000);
  private readonly olderCounts = new Remembered<CountedRows>(30_000);
  private readonly sums = new Remembered<readonly StepSum[]>(15_000);
  private readonly countings = new Remembered<CountedTasks>(1_000);
  private readonly slowest = new Remembered<readonly SlowType[]>(5_000);

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  async read({ clusterId, from, to: end, filter: wanted }: DashboardQuery, now: number): Promise<Dashboard> {
    const { cluster } = this;
    const { connection } = cluster;
    const filter = asked(wanted);
    const earliest = now - Math.min(mostDays, Math.max(usualDays, connection.historyDays ?? 0)) * dayMs;
    const to = Math.max(earliest, Math.min(end ?? now, now));
    const steps = timeSteps(Math.max(earliest, Math.min(from, to)), to, now, filter !== null);
    const allGaps = [...(await this.gapsBefore(steps, now)), ...cluster.gapsUntil(now)];
    const gaps = allGaps.filter((gap) => gap.to > steps.from && gap.from < to);
    const { points, ended, countedFrom, ...figures } = await this.figures(filter, steps, now);
    const fitsQueue = fitsOf(filter, 'queue');
    const queues = [...cluster.allQueues.values()].filter(({ name }) => fitsQueue(name));
    const series = cluster.queueSeries;
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
      countedFrom,
      stepSeconds: steps.stepSeconds,
      points: withoutGaps(filter ? { ...points, ...wholeLevels(cluster.state, steps, now) } : points, steps, gaps),
      ended,
      gaps,
      now: nowPart({ cluster, filter, held: figures.states, queues, window: figures.window }),
      queues: queuePart({ queues, series, fits: fitsQueue, from: steps.from, to, now, gaps }),
      usage: usagePart(cluster.health.usage, fitsOf(filter, 'worker'), steps.from, to),
      workers: this.workers(filter),
      states: figures.states,
      slowest: figures.slowest,
      verdict: cluster.health.verdict,
      thresholds: thresholdsOf(cluster),
    };
  }

  /** Figures are kept of the whole and of each task type, queue and worker; of what is both, tasks are counted one by one. */
  private async figures(filter: DashboardFilter | null, steps: TimeSteps, now: number): Promise<Figures> {
    const { state } = this.cluster;
    const single = filter && onlyKind(filter);
    if (filter && !single) return this.counted(filter, steps, now);
    const groups = single ? groupsOf(this.cluster, single) : state.groups('worker').select();
    const window = new WindowSum(nowWindow);
    await inSlices(forEachOf(groups, (group) => group.addTo(window, now), groupsAtOnce));
    const span = single ? await this.filtered(single, groups, steps, now) : await this.whole(steps, now);
    const states = state.heldByState(single ? groups : undefined);
    return { ...span, window, states, slowest: await this.slowestTypes(filter, steps, now), countedFrom: null };
  }

  /** From memory as far back as it holds every task, before that from the history. */
  private async counted(filter: DashboardFilter, steps: TimeSteps, now: number): Promise<Figures> {
    const { startedAt, state, history } = this.cluster;
    const complete = Math.max(startedAt, state.tasks.completeSince + 1);
    const stepMs = steps.stepSeconds * 1000;
    const edge = Math.ceil(complete / stepMs) * stepMs;
    const { steps: sums, window, held, runtimes } = await this.count(filter, steps, now);
    const needsOlder = history?.status.kind === 'file' && edge > steps.from;
    const older = needsOlder ? await this.countOlder(history, filter, steps, edge, now) : null;
    const countedFrom = older ? older.since : complete;
    const known = older?.isKnown ?? (() => false);
    return {
      ...countedPoints({
        sums: [...(older?.sums ?? []), ...sums.filter(({ at }) => !older || at >= edge)],
        steps,
        now,
        isKnown: (from, to) => to > complete || known(from, to),
        countedFrom: older ? 0 : complete,
        endsOnlyUntil: older ? edge : 0,
      }),
      window,
      states: held,
      slowest: slowestOf([...runtimes].map(([name, sketch]) => ofSketch(name, sketch))),
      countedFrom: countedFrom !== null && countedFrom > steps.from ? countedFrom : null,
    };
  }

  private async countOlder(history: History, filter: DashboardFilter, steps: TimeSteps, to: number, now: number) {
    const { stepSeconds, from } = steps;
    const query = { choice: choiceOf(filter), from, to, stepSeconds };
    const counted = await this.olderCounts.get(JSON.stringify(query), now, () => history.countTasks(query));
    const { series } = await this.olderMinutes(history, steps, now);
    const isKnown = (begin: number, end: number): boolean =>
      (series.points.succeeded ?? [])
        .slice(Math.max(0, Math.floor((begin - series.from) / minuteMs)), Math.ceil((end - series.from) / minuteMs))
        .some((value) => value !== null);
    return { ...counted, isKnown };
  }

  /** Looking at a million tasks takes as long as drawing a frame: it is done once for all panels. */
  private count(filter: DashboardFilter, steps: TimeSteps, now: number): Promise<CountedTasks> {
    const { startedAt, state } = this.cluster;
    const choice = choiceOf(filter);
    const stepMs = steps.stepSeconds * 1000;
    const query = { choice, from: steps.from, stepMs, windowMinutes: nowWindow, startedAt };
    return this.countings.get(JSON.stringify([choice, steps.from, stepMs]), now, async () =>
      state.tasks.count(query, now),
    );
  }

  /** Minutes from before the engine began to listen are asked of the history. */
  private async whole(steps: TimeSteps, now: number): Promise<SpanPoints> {
    const { history, startedAt, state } = this.cluster;
    const isAllKept = steps.from >= startedAt || !history;
    const older = isAllKept ? null : await this.olderMinutes(history, steps, now);
    return inSlices(wholePoints(state, steps, now, older));
  }

  private async gapsBefore(steps: TimeSteps, now: number): Promise<readonly Gap[]> {
    const { history, startedAt } = this.cluster;
    if (!history || steps.from >= startedAt) return [];
    const { series, until } = await this.olderMinutes(history, steps, now);
    return olderGaps(series, until);
  }

  private olderMinutes(history: History, { from: begin, stepSeconds }: TimeSteps, now: number): Promise<Older> {
    const { startedAt: until, state } = this.cluster;
    const from = Math.floor(begin / minuteMs) * minuteMs;
    const sumSeconds = Math.max(60, stepSeconds);
    const wholeUntil = Math.floor(until / minuteMs) * minuteMs;
    return this.older.get(`${from} ${sumSeconds}`, now, async () => {
      const [series, sums] = await Promise.all([
        history.series({ metrics: [...dashboardMetrics, 'events'], from, to: until }),
        history.steps({ kind: 'all', from, to: wholeUntil, stepSeconds: sumSeconds }),
      ]);
      return { series, sums, until: heardUntil(series, state, until, now) };
    });
  }

  private async filtered(
    { kind, names }: { readonly kind: FilterKind; readonly names: readonly string[] },
    groups: readonly Group[],
    steps: TimeSteps,
    now: number,
  ): Promise<SpanPoints> {
    const { history, startedAt } = this.cluster;
    const historyStepSeconds = Math.max(60, steps.stepSeconds);
    const query = { kind, names, from: steps.from, to: now, stepSeconds: historyStepSeconds };
    const key = JSON.stringify([kind, names, historyStepSeconds, Math.floor(steps.from / historyStepSeconds / 1000)]);
    const sums = history ? await this.sums.get(key, now, () => history.steps(query)) : [];
    return inSlices(groupPointsInSlices({ groups, steps, now, startedAt, sums, historyStepSeconds }));
  }

  /** Those that need a look come first; the others stay in their order. */
  private workers(filter: DashboardFilter | null): readonly DashboardWorker[] {
    const fits = fitsOf(filter, 'worker');
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

  /** Of a queue or a worker alone no figures by task type are kept: they are counted, as those of several kinds are. */
  private slowestTypes(filter: DashboardFilter | null, steps: TimeSteps, now: number): Promise<readonly SlowType[]> {
    return this.slowest.get(JSON.stringify(filter), now, async () => {
      if (filter?.queue || filter?.worker) {
        const { runtimes } = await this.count(filter, steps, now);
        return slowestOf([...runtimes].map(([name, sketch]) => ofSketch(name, sketch)));
      }
      const fits = fitsOf(filter, 'type');
      const named = this.cluster.state.groups('type').named();
      const types: SlowType[] = [];
      const add = ([name, group]: readonly [string, Group]): void => void types.push(ofGroup(name, group, now));
      await inSlices(
        forEachOf(
          named.filter(([name]) => fits(name)),
          add,
          groupsAtOnce,
        ),
      );
      return slowestOf(types);
    });
  }
}

interface Figures extends SpanPoints {
  readonly window: WindowSum;
  readonly states: Readonly<Record<string, number>>;
  readonly slowest: readonly SlowType[];
  readonly countedFrom: number | null;
}

const slowestOf = (types: readonly SlowType[]): readonly SlowType[] =>
  types
    .filter(({ count }) => count > 0)
    .sort((a, b) => (b.p95 ?? 0) - (a.p95 ?? 0))
    .slice(0, slowestShown);

const places: Readonly<Record<WorkerStatus, number>> = { lost: 0, late: 1, online: 2, offline: 3 };
const thresholdsOf = ({ health }: Cluster): DashboardThresholds =>
  Object.fromEntries(
    dashboardRules.map((rule) => [rule, health.thresholds[rule].map(({ severity, above }) => ({ severity, above }))]),
  ) as unknown as DashboardThresholds;

const placeOf = ({ status }: Worker): number => places[status];

const ofGroup = (name: string, group: Group, now: number): SlowType => {
  const sum = new WindowSum(slowestWindow);
  group.addTo(sum, now);
  return { ...ofSketch(name, sum.runtimes), baselineSeconds: group.baselineSeconds };
};

const ofSketch = (name: string, runtimes: QuantileSketch): SlowType => ({
  name,
  count: runtimes.total,
  mean: runtimes.mean,
  p50: runtimes.quantile(0.5),
  p95: runtimes.quantile(0.95),
  p99: runtimes.quantile(0.99),
  baselineSeconds: null,
});
