import type { DashboardMetric } from '../../api/dashboard.ts';
import type { Series } from '../../api/tasks.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import type { StepSum } from '../../state/figures/stepSums.ts';
import { baseStep, highestOf, meanOf, resample, type TimeSteps } from '../../state/figures/timeSteps.ts';
import type { Sliced } from '../../state/queries/slices.ts';
import { dashboardMetrics, isRate, type Points, pointsOf, type SpanPoints, type Values } from './points.ts';
import { isDuration, StepDurations } from './stepDurations.ts';

const averaged: readonly DashboardMetric[] = ['running', 'waiting', 'workersOnline', 'runtimeP50'];

const minuteMs = 60_000;

/** The minutes from before the engine began to listen, as the history knows them. */
export interface Older {
  readonly series: Series;
  /** The same with all durations: by the steps of the chart, or by minutes where those are shorter. */
  readonly sums: readonly StepSum[];
  readonly until: number;
}

/** The whole cluster by steps; a month of them takes longer than others should wait. */
export function* wholePoints(
  state: ClusterState,
  steps: TimeSteps,
  now: number,
  older: Older | null,
): Sliced<SpanPoints> {
  const base = baseStep(steps.stepSeconds);
  const to = steps.from + steps.count * steps.stepSeconds * 1000;
  const kept = state.series({ metrics: dashboardMetrics, from: steps.from, to, stepSeconds: base }, now);
  const perStep = steps.stepSeconds / base;
  const keptAt = (metric: DashboardMetric, at: number): number | null =>
    kept.points[metric]?.[Math.round((at - kept.from) / (base * 1000))] ?? null;
  const olderAt = (metric: DashboardMetric, at: number): number | null => {
    if (!older || at >= older.until) return null;
    const value = older.series.points[metric]?.[Math.floor((at - older.series.from) / minuteMs)] ?? null;
    // What is known by the minute only was the same all through it.
    return value === null || !isRate(metric) ? value : (value * base) / 60;
  };
  const fine = (metric: DashboardMetric): Values =>
    Array.from({ length: steps.count * perStep }, (_, index) => {
      const at = steps.from + index * base * 1000;
      return keptAt(metric, at) ?? olderAt(metric, at);
    });
  yield;
  const durations = durationsByStep(state, steps, now, older);
  const points = new Map<DashboardMetric, Values>();
  let ended = 0;
  for (const metric of dashboardMetrics) {
    yield;
    const known = fine(metric);
    if (metric === 'succeeded' || metric === 'failed') for (const value of known) ended += value ?? 0;
    const values = resample(known, perStep, mergeOf(metric, base));
    // A history from before durations were kept knows each minute's quantiles only, which do not add up.
    points.set(metric, isDuration(metric) ? values.map((value, at) => durations[at]?.read(metric) ?? value) : values);
  }
  return { points: pointsOf((metric) => points.get(metric) ?? []), ended: Math.round(ended) };
}

/** What is known of the whole cluster only: a filter leaves it as it is. */
export const wholeLevels = (state: ClusterState, steps: TimeSteps, now: number): Pick<Points, WholeLevel> => {
  const base = baseStep(steps.stepSeconds);
  const to = steps.from + steps.count * steps.stepSeconds * 1000;
  const kept = state.series({ metrics: wholeLevelNames, from: steps.from, to, stepSeconds: base }, now);
  const perStep = steps.stepSeconds / base;
  const first = Math.round((steps.from - kept.from) / (base * 1000));
  const values = (metric: WholeLevel): Values =>
    resample(
      Array.from({ length: steps.count * perStep }, (_, index) => kept.points[metric]?.[first + index] ?? null),
      perStep,
      meanOf,
    );
  return { running: values('running'), waiting: values('waiting'), workersOnline: values('workersOnline') };
};

const wholeLevelNames = ['running', 'waiting', 'workersOnline'] as const satisfies readonly DashboardMetric[];
type WholeLevel = (typeof wholeLevelNames)[number];

const durationsByStep = (
  state: ClusterState,
  steps: TimeSteps,
  now: number,
  older: Older | null,
): readonly StepDurations[] => {
  const base = baseStep(steps.stepSeconds);
  const perStep = steps.stepSeconds / base;
  const times = Array.from({ length: steps.count * perStep }, (_, index) => steps.from + index * base * 1000);
  const kept = state.durations(base, times, now);
  const sums = new Map(older?.sums.map((sum) => [sum.at, sum]));
  const sumMs = Math.max(minuteMs, steps.stepSeconds * 1000);
  return Array.from({ length: steps.count }, (_, index) => {
    const step = new StepDurations();
    const own = kept.slice(index * perStep, (index + 1) * perStep);
    for (const each of own) step.add(each);
    const at = steps.from + index * steps.stepSeconds * 1000;
    const isKnown = steps.stepSeconds < 60 && own.some((each) => each !== null);
    return isKnown ? step : step.add(sums.get(Math.floor(at / sumMs) * sumMs));
  });
};

const mergeOf = (metric: DashboardMetric, base: number): ((known: readonly number[]) => number) => {
  if (isRate(metric)) return (known) => meanOf(known) / base;
  return averaged.includes(metric) ? meanOf : highestOf;
};
