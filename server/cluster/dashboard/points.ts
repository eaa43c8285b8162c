import { type DashboardMetric, dashboardLevels, dashboardRates } from '../../api/dashboard.ts';
import type { Gap } from '../../api/model.ts';
import type { TimeSteps } from '../../state/figures/timeSteps.ts';

export type Values = readonly (number | null)[];
export type Points = Readonly<Record<DashboardMetric, Values>>;

/** A span by steps, and how many tasks ended in it: the last step is not over, so its rate does not tell. */
export interface SpanPoints {
  readonly points: Points;
  readonly ended: number;
}

export const dashboardMetrics: readonly DashboardMetric[] = [...dashboardRates, ...dashboardLevels];

export const isRate = (metric: DashboardMetric): boolean =>
  (dashboardRates as readonly DashboardMetric[]).includes(metric);

export const pointsOf = (valuesOf: (metric: DashboardMetric) => Values): Points =>
  Object.fromEntries(dashboardMetrics.map((metric) => [metric, valuesOf(metric)])) as unknown as Points;

/** A count of nothing while nobody listened is not zero but unknown. */
export const withoutGaps = (points: Points, { from, stepSeconds }: TimeSteps, gaps: readonly Gap[]): Points => {
  if (gaps.length === 0) return points;
  const isUnknown = inGaps(gaps, from, stepSeconds);
  return pointsOf((metric) => points[metric].map((value, index) => (isUnknown(index) ? null : value)));
};

/** Whether the middle of a step lies in a gap. */
export const inGaps = (gaps: readonly Gap[], from: number, stepSeconds: number): ((index: number) => boolean) => {
  return (index) => {
    const middle = from + (index + 0.5) * stepSeconds * 1000;
    return gaps.some((gap) => middle >= gap.from && middle < gap.to);
  };
};
