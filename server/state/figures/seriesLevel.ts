import type { SeriesMetric } from '../../api/tasks.ts';

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

/** Sketches (`QuantileSketch.pack`), null for none. */
export interface PackedDurations {
  readonly runtimes: Uint8Array | null;
  readonly waits: Uint8Array | null;
}

/** One resolution of the series: the last `slots` steps, each overwritten when its turn comes again. */
export class SeriesLevel {
  readonly stepSeconds: number;
  private readonly slots: number;
  private readonly counts: Uint32Array;
  private readonly levels: Float32Array;
  private readonly steps: Float64Array;
  private readonly runtimes: (Uint8Array | null)[];
  private readonly waits: (Uint8Array | null)[];

  constructor(stepSeconds: number, slots: number) {
    this.stepSeconds = stepSeconds;
    this.slots = slots;
    this.counts = new Uint32Array(slots * countMetrics.length);
    this.levels = new Float32Array(slots * levelMetrics.length);
    this.steps = new Float64Array(slots).fill(-1);
    this.runtimes = new Array<Uint8Array | null>(slots).fill(null);
    this.waits = new Array<Uint8Array | null>(slots).fill(null);
  }

  get reachSeconds(): number {
    return this.stepSeconds * this.slots;
  }

  write(step: number, counts: Uint32Array, levels: Float32Array, { runtimes, waits }: PackedDurations): void {
    const slot = step % this.slots;
    this.runtimes[slot] = runtimes;
    this.waits[slot] = waits;
    this.steps[slot] = step;
    this.counts.set(counts, slot * countMetrics.length);
    this.levels.set(levels, slot * levelMetrics.length);
  }

  /** All durations of a step, to be added to those of others; null where the step is not kept. */
  durations(step: number): PackedDurations | null {
    const slot = ((step % this.slots) + this.slots) % this.slots;
    if (this.steps[slot] !== step) return null;
    return { runtimes: this.runtimes[slot] ?? null, waits: this.waits[slot] ?? null };
  }

  /** The counts of a step, without the events; null where it is not kept. */
  countsOf(step: number): readonly number[] | null {
    const slot = step % this.slots;
    if (this.steps[slot] !== step) return null;
    return [...this.counts.subarray(slot * countMetrics.length, (slot + 1) * countMetrics.length - 1)];
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
