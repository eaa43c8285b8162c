import { QuantileSketch } from './quantileSketch.ts';

const minuteMs = 60_000;
const fiveMinutes = 5;
/** Weight of a five-minute span in the baseline, halved each day. */
const halvingSpans = 288;
const fewestForBaseline = 20;

/** Sketches of the last `slots` steps, made when first needed and used again. */
class SketchRing {
  private readonly stepMs: number;
  private readonly sketches: (QuantileSketch | null)[];
  private readonly steps: Float64Array;
  /** The sketch last asked for, and when its step begins and ends: most durations are for the same one. */
  private open: QuantileSketch | null = null;
  private openFrom = 0;
  private openUntil = 0;

  constructor(stepMs: number, slots: number) {
    this.stepMs = stepMs;
    this.sketches = new Array<QuantileSketch | null>(slots).fill(null);
    this.steps = new Float64Array(slots).fill(-1);
  }

  /** The sketch of the step at `now`; what it held before is handed to `onExpired`. */
  current(now: number, onExpired?: (sketch: QuantileSketch, step: number) => void): QuantileSketch {
    if (this.open !== null && now >= this.openFrom && now < this.openUntil) return this.open;
    const step = Math.floor(now / this.stepMs);
    const slot = step % this.sketches.length;
    let sketch = this.sketches[slot] ?? null;
    if (sketch === null) {
      sketch = new QuantileSketch();
      this.sketches[slot] = sketch;
    } else if (this.steps[slot] !== step) {
      onExpired?.(sketch, this.steps[slot] ?? 0);
      sketch.reset();
    }
    this.steps[slot] = step;
    this.open = sketch;
    this.openFrom = step * this.stepMs;
    this.openUntil = this.openFrom + this.stepMs;
    return sketch;
  }

  mergeInto(target: QuantileSketch, now: number, steps: number): void {
    const last = Math.floor(now / this.stepMs);
    for (const [slot, sketch] of this.sketches.entries()) {
      const step = this.steps[slot] ?? -1;
      if (sketch !== null && step <= last && step > last - steps) target.merge(sketch);
    }
  }
}

/** Durations of the last hour: by the minute for the short windows, by five minutes for the long ones. */
export class DurationRings {
  private readonly minutes = new SketchRing(minuteMs, fiveMinutes);
  private readonly spans = new SketchRing(fiveMinutes * minuteMs, 12);
  private baseSum = 0;
  private baseCount = 0;
  private baseStep = 0;

  add(bucket: number, seconds: number, now: number): void {
    this.minutes.current(now).add(bucket, seconds);
    this.spans.current(now, this.expire).add(bucket, seconds);
  }

  /** Adds the durations of the last minutes. */
  addTo(sum: QuantileSketch, now: number, windowMinutes: number): void {
    if (windowMinutes <= fiveMinutes) this.minutes.mergeInto(sum, now, windowMinutes);
    else this.spans.mergeInto(sum, now, Math.ceil(windowMinutes / fiveMinutes));
  }

  /** The durations of the minute at `now`, one of the last five. */
  minute(now: number): QuantileSketch {
    const merged = new QuantileSketch();
    this.minutes.mergeInto(merged, now, 1);
    return merged;
  }

  get baseline(): number | null {
    return this.baseCount < fewestForBaseline ? null : this.baseSum / this.baseCount;
  }

  /** What leaves the last hour becomes part of the baseline, in which a day counts twice as much as the day before. */
  private readonly expire = (sketch: QuantileSketch, step: number): void => {
    const decay = 0.5 ** (Math.max(0, step - this.baseStep) / halvingSpans);
    this.baseSum = this.baseSum * decay + sketch.sum;
    this.baseCount = this.baseCount * decay + sketch.total;
    this.baseStep = step;
  };
}
