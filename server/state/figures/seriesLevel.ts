import type { SeriesMetric } from '../../api/tasks.ts';
import { StepRing } from './stepRing.ts';

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
  private readonly ring: StepRing;
  private readonly counts: Uint32Array;
  private readonly levels: Float32Array;
  private readonly packed: (PackedDurations | null)[];

  constructor(stepSeconds: number, slots: number) {
    this.stepSeconds = stepSeconds;
    this.ring = new StepRing(stepSeconds * 1000, slots);
    this.counts = new Uint32Array(slots * countMetrics.length);
    this.levels = new Float32Array(slots * levelMetrics.length);
    this.packed = new Array<PackedDurations | null>(slots).fill(null);
  }

  get reachSeconds(): number {
    return this.stepSeconds * this.ring.slots;
  }

  write(step: number, counts: Uint32Array, levels: Float32Array, packed: PackedDurations): void {
    const slot = this.ring.claim(step);
    this.packed[slot] = packed;
    this.counts.set(counts, slot * countMetrics.length);
    this.levels.set(levels, slot * levelMetrics.length);
  }

  /** All durations of a step, to be added to those of others; null where the step is not kept. */
  durations(step: number): PackedDurations | null {
    return this.packed[this.ring.find(step)] ?? null;
  }

  /** The counts of a step, without the events; null where it is not kept. */
  countsOf(step: number): readonly number[] | null {
    const slot = this.ring.find(step);
    if (slot < 0) return null;
    return [...this.counts.subarray(slot * countMetrics.length, (slot + 1) * countMetrics.length - 1)];
  }

  /** The metric in the steps `from` ≤ step < `to`; null where a step is gone, to come, or was slept through. */
  read(metric: SeriesMetric, from: number, to: number): (number | null)[] {
    const countIndex = (countMetrics as readonly SeriesMetric[]).indexOf(metric);
    const levelIndex = (levelMetrics as readonly SeriesMetric[]).indexOf(metric);
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
      const slot = this.ring.find(from + index);
      if (slot < 0) return null;
      if (countIndex >= 0) return this.counts[slot * countMetrics.length + countIndex] ?? null;
      const level = this.levels[slot * levelMetrics.length + levelIndex] ?? Number.NaN;
      return Number.isNaN(level) ? null : Math.round(level * 1e6) / 1e6;
    });
  }
}
