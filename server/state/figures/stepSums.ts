import { countedKinds } from '../names/eventTypes.ts';
import { packOrNull } from './groupMinute.ts';
import { bucketOf, QuantileSketch } from './quantileSketch.ts';

/** What one step of time brought to some tasks. */
export interface StepSum {
  readonly at: number;
  /** In the order of `countMetrics`, without the events. */
  readonly counts: readonly number[];
  /** Sketches (`QuantileSketch.pack`), null for none. */
  readonly runtimes: Uint8Array | null;
  readonly waits: Uint8Array | null;
}

interface Gathered {
  readonly counts: Float64Array;
  readonly runtimes: QuantileSketch;
  readonly waits: QuantileSketch;
}

/** Counts single tasks by steps of time; whatever lies outside the span is left out. */
export class StepSums {
  private readonly from: number;
  private readonly to: number;
  private readonly stepMs: number;
  private readonly steps = new Map<number, Gathered>();

  constructor(from: number, to: number, stepMs: number) {
    this.from = from;
    this.to = to;
    this.stepMs = stepMs;
  }

  count(kind: number, at: number): void {
    const step = this.stepAt(at);
    if (step) step.counts[kind] = (step.counts[kind] ?? 0) + 1;
  }

  addRuntime(seconds: number, at: number): void {
    if (seconds >= 0) this.stepAt(at)?.runtimes.add(bucketOf(seconds), seconds);
  }

  addWait(seconds: number, at: number): void {
    if (seconds >= 0) this.stepAt(at)?.waits.add(bucketOf(seconds), seconds);
  }

  list(): readonly StepSum[] {
    return [...this.steps].map(([at, { counts, runtimes, waits }]) => ({
      at,
      counts: [...counts],
      runtimes: packOrNull(runtimes),
      waits: packOrNull(waits),
    }));
  }

  private stepAt(at: number): Gathered | undefined {
    if (!(at >= this.from && at < this.to)) return undefined;
    const begin = Math.floor(at / this.stepMs) * this.stepMs;
    const known = this.steps.get(begin);
    if (known) return known;
    const step = {
      counts: new Float64Array(countedKinds),
      runtimes: new QuantileSketch(),
      waits: new QuantileSketch(),
    };
    this.steps.set(begin, step);
    return step;
  }
}
