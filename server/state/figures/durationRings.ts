import { QuantileSketch } from './quantileSketch.ts';
import { noStep, StepRing } from './stepRing.ts';

const minuteMs = 60_000;
const fiveMinutes = 5;
/** Weight of a five-minute span in the baseline, halved each day. */
const halvingSpans = 288;
const fewestForBaseline = 20;

/** Sketches of the last `slots` steps, made when first needed and used again. */
class SketchRing {
  private readonly ring: StepRing;
  private readonly sketches: (QuantileSketch | null)[];
  /** The sketch of the open step. */
  private open: QuantileSketch | null = null;

  constructor(stepMs: number, slots: number) {
    this.ring = new StepRing(stepMs, slots);
    this.sketches = new Array<QuantileSketch | null>(slots).fill(null);
  }

  /** The sketch of the step at `now`; what it held before is handed to `onExpired`. */
  current(now: number, onExpired?: (sketch: QuantileSketch, step: number) => void): QuantileSketch {
    const { ring, sketches } = this;
    if (this.open !== null && ring.isOpen(now)) return this.open;
    const before = ring.open(now);
    const sketch = sketches[ring.slot] ?? new QuantileSketch();
    if (before !== noStep && before !== ring.step) {
      onExpired?.(sketch, before);
      sketch.reset();
    }
    sketches[ring.slot] = sketch;
    this.open = sketch;
    return sketch;
  }

  mergeInto(target: QuantileSketch, now: number, steps: number): void {
    const last = this.ring.stepAt(now);
    for (let step = last; step > last - steps; step--) {
      const slot = this.ring.find(step);
      const sketch = slot < 0 ? null : this.sketches[slot];
      if (sketch) target.merge(sketch);
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
