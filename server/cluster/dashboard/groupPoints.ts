import { type DashboardMetric, dashboardRates } from '../../api/dashboard.ts';
import type { Rollup } from '../../api/history.ts';
import { fineMs, type Group } from '../../state/group.ts';
import { QuantileSketch } from '../../state/quantileSketch.ts';
import { countMetrics } from '../../state/seriesLevel.ts';
import { highestOf, meanOf, type TimeSteps } from '../../state/timeSteps.ts';
import { pointsOf, type SpanPoints, type Values } from './points.ts';

type Rate = (typeof dashboardRates)[number];
const durationMetrics = ['runtimeP50', 'runtimeP95', 'runtimeP99', 'waitP95'] as const;
type Durations = (typeof durationMetrics)[number];

interface StepCount {
  readonly count: number;
  readonly seconds: number;
}

interface GroupPointsParts {
  readonly groups: readonly Group[];
  readonly steps: TimeSteps;
  readonly now: number;
  /** Before that nothing was heard, so it is unknown unless the history knows. */
  readonly startedAt: number;
  /** What the history knows of them, by steps of `historyStepSeconds`. */
  readonly rollups: readonly Rollup[];
  readonly historyStepSeconds: number;
}

const minuteMs = 60_000;
const minutesKept = 60;
const durationMinutesKept = 5;

/** Some task types, queues or workers by steps: from the history, and the last hour from memory. */
export const groupPoints = (parts: GroupPointsParts): SpanPoints => {
  const durations = durationsByMinute(parts);
  const points = pointsOf((metric) => {
    if (isRateOfGroups(metric)) return counts(parts, metric).map((each) => (each ? each.count / each.seconds : null));
    return isDuration(metric) ? durations[metric] : unknown(parts.steps);
  });
  const total = (metric: Rate): number => counts(parts, metric).reduce((sum, each) => sum + (each?.count ?? 0), 0);
  return { points, ended: Math.round(total('succeeded') + total('failed')) };
};

const isRateOfGroups = (metric: DashboardMetric): metric is Rate =>
  (dashboardRates as readonly DashboardMetric[]).includes(metric);

const isDuration = (metric: DashboardMetric): metric is Durations =>
  (durationMetrics as readonly DashboardMetric[]).includes(metric);

const unknown = ({ count }: TimeSteps): Values => new Array<number | null>(count).fill(null);

/** Of each step how many, and in how much time; null where nothing is known. */
const counts = (parts: GroupPointsParts, metric: Rate): readonly (StepCount | null)[] => {
  const { groups, steps, now, startedAt } = parts;
  const kind = (countMetrics as readonly DashboardMetric[]).indexOf(metric);
  const isFine = steps.stepSeconds < 60;
  const unitMs = isFine ? fineMs : minuteMs;
  const units = Math.max(0, Math.floor(now / unitMs) - Math.floor(steps.from / unitMs) + 1);
  const kept = isFine ? units : Math.min(units, minutesKept);
  const sums = new Array<number>(kept).fill(0);
  for (const group of groups) isFine ? group.addFine(kind, now, sums) : group.addMinutes(kind, now, sums);
  const firstKept = (Math.floor(now / unitMs) - kept + 1) * unitMs;
  const remembered = countsOfHistory(parts, metric);
  return Array.from({ length: steps.count }, (_, index) => {
    const at = steps.from + index * steps.stepSeconds * 1000;
    const end = Math.min(at + steps.stepSeconds * 1000, now);
    if (at >= now) return null;
    let live = 0;
    for (let unit = Math.max(at, firstKept); unit < end; unit += unitMs) live += sums[(unit - firstKept) / unitMs] ?? 0;
    const past = remembered(at);
    if (past === null && end <= startedAt) return null;
    const seconds = Math.max(1, (end - Math.max(at, past === null ? startedAt : 0)) / 1000);
    return { count: Math.max(live, past ?? 0), seconds };
  });
};

/** How many there were in a step, as the history knows; a step shorter than a minute has its part of it. */
const countsOfHistory = (parts: GroupPointsParts, metric: Rate): ((at: number) => number | null) => {
  const { rollups, historyStepSeconds, steps, startedAt } = parts;
  const sums = new Map<number, number>();
  for (const rollup of rollups) sums.set(rollup.at, (sums.get(rollup.at) ?? 0) + rollup[metric]);
  if (historyStepSeconds === steps.stepSeconds) return (at) => sums.get(at) ?? null;
  return (at) => {
    const sum = at < startedAt ? sums.get(Math.floor(at / minuteMs) * minuteMs) : undefined;
    return sum === undefined ? null : (sum * steps.stepSeconds) / historyStepSeconds;
  };
};

/** Durations are kept by the minute: a shorter step shows those of its minute. */
const durationsByMinute = (parts: GroupPointsParts): Readonly<Record<Durations, Values>> => {
  const { steps, rollups, historyStepSeconds, now, groups } = parts;
  const known = new Map<number, Record<Durations, number | null>>();
  const byStep = Map.groupBy(rollups, ({ at }) => at);
  for (const [at, several] of byStep) known.set(at, together(several));
  if (historyStepSeconds <= 60) {
    for (let back = 0; back < durationMinutesKept; back++) {
      const at = (Math.floor(now / minuteMs) - back) * minuteMs;
      const [runtimes, waits] = [new QuantileSketch(), new QuantileSketch()];
      for (const group of groups) group.addDurations(runtimes, waits, at);
      if (runtimes.total + waits.total > 0) known.set(at, quantilesOf(runtimes, waits));
    }
  }
  const values = (metric: Durations): Values =>
    Array.from({ length: steps.count }, (_, index) => {
      const at = steps.from + index * steps.stepSeconds * 1000;
      return known.get(Math.floor(at / (historyStepSeconds * 1000)) * historyStepSeconds * 1000)?.[metric] ?? null;
    });
  return {
    runtimeP50: values('runtimeP50'),
    runtimeP95: values('runtimeP95'),
    runtimeP99: values('runtimeP99'),
    waitP95: values('waitP95'),
  };
};

const quantilesOf = (runtimes: QuantileSketch, waits: QuantileSketch): Record<Durations, number | null> => ({
  runtimeP50: runtimes.quantile(0.5),
  runtimeP95: runtimes.quantile(0.95),
  runtimeP99: runtimes.quantile(0.99),
  waitP95: waits.quantile(0.95),
});

/** Quantiles of several do not add up: the middle is averaged, of the others the highest is told. */
const together = (several: readonly Rollup[]): Record<Durations, number | null> => {
  const merge = (pick: (rollup: Rollup) => number | null, how: (known: readonly number[]) => number): number | null => {
    const known = several.map(pick).filter((value) => value !== null);
    return known.length === 0 ? null : how(known);
  };
  return {
    runtimeP50: merge(({ runtime }) => runtime.p50, meanOf),
    runtimeP95: merge(({ runtime }) => runtime.p95, highestOf),
    runtimeP99: merge(({ runtime }) => runtime.p99, highestOf),
    waitP95: merge(({ wait }) => wait.p95, highestOf),
  };
};
