const niceSteps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200];
const mostPoints = 200;
const fineReachMs = 900_000;
const middleReachMs = 3 * 3600 * 1000;
/** The step that is still going on when a span begins at the edge of what is kept. */
const toleranceMs = 10_000;

export interface TimeSteps {
  readonly stepSeconds: number;
  /** The time of the first step. */
  readonly from: number;
  readonly count: number;
}

/**
 * Cuts a span into steps that a chart can show, none finer than what is still remembered of it (`SeriesBook`: seconds for a
 * quarter of an hour, tens for three hours, then minutes; of single task types, queues and workers five seconds, then
 * minutes).
 */
export const timeSteps = (from: number, to: number, now: number, isFiltered: boolean): TimeSteps => {
  const wanted = Math.max(1, (to - from) / 1000 / mostPoints);
  const finest = finestStep(now - from, isFiltered);
  const stepSeconds = niceSteps.find((step) => step >= wanted && step % finest === 0) ?? 7200;
  const first = Math.floor(from / 1000 / stepSeconds);
  const end = Math.max(first + 1, Math.ceil(to / 1000 / stepSeconds));
  return { stepSeconds, from: first * stepSeconds * 1000, count: end - first };
};

/** How fine the series of the whole cluster are that steps of this length can be made from. */
export const baseStep = (stepSeconds: number): 1 | 10 | 60 =>
  stepSeconds % 60 === 0 ? 60 : stepSeconds % 10 === 0 ? 10 : 1;

const finestStep = (ageMs: number, isFiltered: boolean): number => {
  if (ageMs <= fineReachMs + toleranceMs) return isFiltered ? 5 : 1;
  return ageMs <= middleReachMs + toleranceMs && !isFiltered ? 10 : 60;
};

type Points = readonly (number | null)[];

/** Makes coarser steps of finer ones; a step of which nothing is known stays unknown. */
export const resample = (points: Points, perStep: number, merge: (known: readonly number[]) => number): Points =>
  Array.from({ length: Math.ceil(points.length / perStep) }, (_, step) => {
    const known = points.slice(step * perStep, (step + 1) * perStep).filter((value) => value !== null);
    return known.length === 0 ? null : merge(known);
  });

export const meanOf = (known: readonly number[]): number =>
  known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);

export const highestOf = (known: readonly number[]): number => Math.max(...known);
