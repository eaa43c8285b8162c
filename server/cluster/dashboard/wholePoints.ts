import type { DashboardMetric } from '../../api/dashboard.ts';
import type { Series } from '../../api/tasks.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import { baseStep, highestOf, meanOf, resample, type TimeSteps } from '../../state/timeSteps.ts';
import { dashboardMetrics, isRate, pointsOf, type SpanPoints, type Values } from './points.ts';

const averaged: readonly DashboardMetric[] = ['running', 'waiting', 'workersOnline', 'runtimeP50'];

const minuteMs = 60_000;

/** The minutes from before the engine began to listen, as the history knows them. */
export interface Older {
  readonly series: Series;
  readonly until: number;
}

/** The whole cluster by steps. */
export const wholePoints = (state: ClusterState, steps: TimeSteps, now: number, older: Older | null): SpanPoints => {
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
  const total = (metric: DashboardMetric): number => fine(metric).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return {
    points: pointsOf((metric) => resample(fine(metric), perStep, mergeOf(metric, base))),
    ended: Math.round(total('succeeded') + total('failed')),
  };
};

const mergeOf = (metric: DashboardMetric, base: number): ((known: readonly number[]) => number) => {
  if (isRate(metric)) return (known) => meanOf(known) / base;
  return averaged.includes(metric) ? meanOf : highestOf;
};
