import { type DashboardMetric, dashboardRates } from '../../api/dashboard.ts';
import { countMetrics } from '../../state/figures/seriesLevel.ts';
import type { StepSum } from '../../state/figures/stepSums.ts';
import type { TimeSteps } from '../../state/figures/timeSteps.ts';
import { pointsOf, type SpanPoints } from './points.ts';
import { isDuration, StepDurations } from './stepDurations.ts';

interface CountedPointsParts {
  readonly sums: readonly StepSum[];
  readonly steps: TimeSteps;
  readonly now: number;
  /** When a step can be told at all, though nothing may have happened in it. */
  readonly isKnown: (from: number, to: number) => boolean;
  /** When counting began, in a step that had begun before. */
  readonly countedFrom: number;
  /** Up to then tasks are known by their end only. */
  readonly endsOnlyUntil: number;
}

const beginnings: readonly DashboardMetric[] = ['sent', 'received'];

type Rate = (typeof dashboardRates)[number];

/** What was counted from single tasks, by steps. How many timed out, ran or waited at a moment is not told by it. */
export const countedPoints = (parts: CountedPointsParts): SpanPoints => {
  const { sums, steps, now, isKnown, countedFrom, endsOnlyUntil } = parts;
  const byTime = new Map(sums.map((sum) => [sum.at, sum]));
  const rows = Array.from({ length: steps.count }, (_, index) => {
    const at = steps.from + index * steps.stepSeconds * 1000;
    const to = Math.min(at + steps.stepSeconds * 1000, now);
    if (at >= now || !isKnown(at, to)) return null;
    const from = at < countedFrom && countedFrom < to ? countedFrom : at;
    return { seconds: Math.max(1, (to - from) / 1000), sum: byTime.get(at), isEndsOnly: at < endsOnlyUntil };
  });
  const countOf = (sum: StepSum | undefined, metric: Rate): number =>
    sum?.counts[(countMetrics as readonly DashboardMetric[]).indexOf(metric)] ?? 0;
  const durations = rows.map((row) => (row?.sum ? new StepDurations().add(row.sum) : null));
  const points = pointsOf((metric) =>
    rows.map((row, index) => {
      if (metric === 'timedOut' || row === null) return null;
      if (isDuration(metric)) return durations[index]?.read(metric) ?? null;
      if (!isRateMetric(metric) || (row.isEndsOnly && beginnings.includes(metric))) return null;
      return countOf(row.sum, metric) / row.seconds;
    }),
  );
  const total = (metric: Rate): number => rows.reduce((sum, row) => sum + countOf(row?.sum, metric), 0);
  return { points, ended: total('succeeded') + total('failed') };
};

const isRateMetric = (metric: DashboardMetric): metric is Rate =>
  (dashboardRates as readonly DashboardMetric[]).includes(metric);
