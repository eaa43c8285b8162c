import { type DashboardMetric, dashboardRates } from '../../api/dashboard.ts';
import { fineMs, type Group } from '../../state/figures/group.ts';
import { countMetrics } from '../../state/figures/seriesLevel.ts';
import type { StepSum } from '../../state/figures/stepSums.ts';
import type { TimeSteps } from '../../state/figures/timeSteps.ts';
import { atOnce, forEachOf, type Sliced } from '../../state/queries/slices.ts';
import { pointsOf, type SpanPoints, type Values } from './points.ts';
import { type DurationMetric, isDuration, StepDurations } from './stepDurations.ts';

type Rate = (typeof dashboardRates)[number];

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
  readonly sums: readonly StepSum[];
  readonly historyStepSeconds: number;
}

const minuteMs = 60_000;
const minutesKept = 60;
const durationMinutesKept = 5;
/** The steps of so many take a few milliseconds. */
const groupsAtOnce = 256;

/** Some task types, queues or workers by steps: from the history, and the last hour from memory. */
export const groupPoints = (parts: GroupPointsParts): SpanPoints => atOnce(groupPointsInSlices(parts));

/** As `groupPoints`, for thousands of groups. */
export function* groupPointsInSlices(parts: GroupPointsParts): Sliced<SpanPoints> {
  const durations = yield* durationsByMinute(parts);
  const counts = new Map<DashboardMetric, readonly (StepCount | null)[]>();
  for (const metric of dashboardRates) counts.set(metric, yield* countsOf(parts, metric));
  const points = pointsOf((metric) => {
    const known = counts.get(metric);
    if (known) return known.map((each) => (each ? each.count / each.seconds : null));
    return isDuration(metric) ? durations(metric) : unknown(parts.steps);
  });
  const total = (metric: Rate): number => (counts.get(metric) ?? []).reduce((sum, each) => sum + (each?.count ?? 0), 0);
  return { points, ended: Math.round(total('succeeded') + total('failed')) };
}

const unknown = ({ count }: TimeSteps): Values => new Array<number | null>(count).fill(null);

/** Of each step how many, and in how much time; null where nothing is known. */
function* countsOf(parts: GroupPointsParts, metric: Rate): Sliced<readonly (StepCount | null)[]> {
  const { groups, steps, now, startedAt } = parts;
  const kind = (countMetrics as readonly DashboardMetric[]).indexOf(metric);
  const isFine = steps.stepSeconds < 60;
  const unitMs = isFine ? fineMs : minuteMs;
  const units = Math.max(0, Math.floor(now / unitMs) - Math.floor(steps.from / unitMs) + 1);
  const kept = isFine ? units : Math.min(units, minutesKept);
  const sums = new Array<number>(kept).fill(0);
  const add = (group: Group): void => (isFine ? group.addFine(kind, now, sums) : group.addMinutes(kind, now, sums));
  yield* forEachOf(groups, add, groupsAtOnce);
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
}

/** How many there were in a step, as the history knows; a step shorter than a minute has its part of it. */
const countsOfHistory = (parts: GroupPointsParts, metric: Rate): ((at: number) => number | null) => {
  const { historyStepSeconds, steps, startedAt } = parts;
  const kind = (countMetrics as readonly DashboardMetric[]).indexOf(metric);
  const counts = new Map(parts.sums.map((sum) => [sum.at, sum.counts[kind] ?? 0]));
  if (historyStepSeconds === steps.stepSeconds) return (at) => counts.get(at) ?? null;
  return (at) => {
    const sum = at < startedAt ? counts.get(Math.floor(at / minuteMs) * minuteMs) : undefined;
    return sum === undefined ? null : (sum * steps.stepSeconds) / historyStepSeconds;
  };
};

/** Durations are kept by the minute: a shorter step shows those of its minute. */
function* durationsByMinute(parts: GroupPointsParts): Sliced<(metric: DurationMetric) => Values> {
  const { steps, sums, historyStepSeconds, now, groups } = parts;
  const known = new Map(sums.map((sum) => [sum.at, new StepDurations().add(sum)]));
  if (historyStepSeconds <= 60) {
    for (let back = 0; back < durationMinutesKept; back++) {
      const at = (Math.floor(now / minuteMs) - back) * minuteMs;
      const minute = new StepDurations();
      const add = (group: Group): void => group.addDurations(minute.runtimes, minute.waits, at);
      yield* forEachOf(groups, add, groupsAtOnce);
      if (minute.runtimes.total + minute.waits.total > 0) known.set(at, minute);
    }
  }
  const stepMs = historyStepSeconds * 1000;
  return (metric) =>
    Array.from({ length: steps.count }, (_, index) => {
      const at = steps.from + index * steps.stepSeconds * 1000;
      return known.get(Math.floor(at / stepMs) * stepMs)?.read(metric) ?? null;
    });
}
