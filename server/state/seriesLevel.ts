import type { SeriesMetric } from '../api/tasks.ts';

/** Metrics that are added up within a step, in the order of their counters. */
export const countMetrics = [
  'sent',
  'received',
  'started',
  'succeeded',
  'failed',
  'retried',
  'revoked',
  'rejected',
  'timedOut',
  'events',
] as const satisfies readonly SeriesMetric[];
/** Metrics that hold at the end of a step. */
export const levelMetrics = [
  'running',
  'waiting',
  'workersOnline',
  'runtimeMean',
  'runtimeP50',
  'runtimeP95',
  'runtimeP99',
  'waitP95',
] as const satisfies readonly SeriesMetric[];

/** One resolution of the series: the last `slots` steps, each overwritten when its turn comes again. */
export class SeriesLevel {
  readonly stepSeconds: number;
  private readonly slots: number;
  private readonly counts: Uint32Array;
  private readonly levels: Float32Array;
  private readonly steps: Float64Array;

  constructor(stepSeconds: number, slots: number) {
    this.stepSeconds = stepSeconds;
    this.slots = slots;
    this.counts = new Uint32Array(slots * countMetrics.length);
    this.levels = new Float32Array(slots * levelMetrics.length);
    this.steps = new Float64Array(slots).fill(-1);
  }

  get reachSeconds(): number {
    return this.stepSeconds * this.slots;
  }

  write(step: number, counts: Uint32Array, levels: Float32Array): void {
    const slot = step % this.slots;
    this.steps[slot] = step;
    this.counts.set(counts, slot * countMetrics.length);
    this.levels.set(levels, slot * levelMetrics.length);
  }

  /** The metric in the steps `from` ≤ step < `to`; null where a step is gone, to come, or was slept through. */
  read(metric: SeriesMetric, from: number, to: number): (number | null)[] {
    const countIndex = (countMetrics as readonly SeriesMetric[]).indexOf(metric);
    const levelIndex = (levelMetrics as readonly SeriesMetric[]).indexOf(metric);
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
      const slot = (from + index) % this.slots;
      if (this.steps[slot] !== from + index) return null;
      if (countIndex >= 0) return this.counts[slot * countMetrics.length + countIndex] ?? null;
      const level = this.levels[slot * levelMetrics.length + levelIndex] ?? Number.NaN;
      return Number.isNaN(level) ? null : Math.round(level * 1e6) / 1e6;
    });
  }
}
