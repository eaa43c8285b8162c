import type { DashboardMetric } from '../../api/dashboard.ts';
import type { Series } from '../../api/tasks.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import { baseStep, highestOf, meanOf, resample, type TimeSteps } from '../../state/timeSteps.ts';
import { dashboardMetrics, isRate, pointsOf, type SpanPoints, type Values } from './points.ts';

const averaged: readonly DashboardMetric[] = ['running', 'waiting', 'workersOnline', 'runtimeP50'];

/** The whole cluster by steps; `older` tells the minutes from before the engine began to listen. */
export const wholePoints = (state: ClusterState, steps: TimeSteps, now: number, older: Series | null): SpanPoints => {
  const base = baseStep(steps.stepSeconds);
  const to = steps.from + steps.count * steps.stepSeconds * 1000;
  const kept = state.series({ metrics: dashboardMetrics, from: steps.from, to, stepSeconds: base }, now);
  const perStep = steps.stepSeconds / base;
  const valueAt = (series: Series | null, metric: DashboardMetric, at: number): number | null => {
    if (!series || series.stepSeconds !== base) return null;
    return series.points[metric]?.[Math.round((at - series.from) / (base * 1000))] ?? null;
  };
  const fine = (metric: DashboardMetric): Values =>
    Array.from({ length: steps.count * perStep }, (_, index) => {
      const at = steps.from + index * base * 1000;
      return valueAt(kept, metric, at) ?? valueAt(older, metric, at);
    });
  const total = (metric: DashboardMetric): number => fine(metric).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return {
    points: pointsOf((metric) => resample(fine(metric), perStep, mergeOf(metric, base))),
    ended: total('succeeded') + total('failed'),
  };
};

const mergeOf = (metric: DashboardMetric, base: number): ((known: readonly number[]) => number) => {
  if (isRate(metric)) return (known) => meanOf(known) / base;
  return averaged.includes(metric) ? meanOf : highestOf;
};
