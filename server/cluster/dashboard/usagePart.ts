import type { DashboardUsage, UsageLine } from '../../api/dashboard.ts';
import type { UsageSeries, UsageSteps } from '../../state/figures/usageSeries.ts';

const linesDrawn = 6;
const mostSteps = 300;
const stepMinutes = [1, 5, 15, 60, 120];

/** What the workers that use up most did so by steps of whole minutes; a minute that is still to come is left out. */
export const usagePart = (
  series: UsageSeries,
  fits: (name: string) => boolean,
  from: number,
  to: number,
): DashboardUsage => {
  const minutes = stepMinutes.find((each) => (to - from) / 60_000 / each <= mostSteps) ?? 120;
  const stepMs = minutes * 60_000;
  const first = Math.floor(from / stepMs) * stepMs;
  const steps = { from: first, stepSeconds: minutes * 60, count: Math.floor((to - first) / stepMs) + 1 };
  const names = series.names.filter(fits);
  return {
    stepSeconds: steps.stepSeconds,
    from: first,
    cpu: linesOf(series, names, 'cpu', steps),
    memory: linesOf(series, names, 'memory', steps),
    others: Math.max(0, names.length - linesDrawn),
  };
};

const linesOf = (
  series: UsageSeries,
  names: readonly string[],
  of: 'cpu' | 'memory',
  steps: UsageSteps,
): readonly UsageLine[] =>
  names
    .map((name) => ({ name, values: series.read(name, of, steps) }))
    .sort((a, b) => latest(b) - latest(a) || (a.name < b.name ? -1 : 1))
    .slice(0, linesDrawn);

const latest = ({ values }: UsageLine): number => values.findLast((value) => value !== null) ?? -1;
