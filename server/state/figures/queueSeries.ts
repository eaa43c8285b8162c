import { LineBook } from './lineBook.ts';
import { StepRing } from './stepRing.ts';

interface Level {
  readonly stepSeconds: number;
  readonly slots: number;
}

/** An hour by ten seconds, twelve hours by the minute, seven days by the quarter of an hour: 7 KB for each queue. */
const levels: readonly Level[] = [
  { stepSeconds: 10, slots: 360 },
  { stepSeconds: 60, slots: 720 },
  { stepSeconds: 900, slots: 672 },
];
const queueLimit = 500;
/** So many of a minute are worth keeping beyond the process; the others are the least full. */
const keptLimit = 50;
/** Between two readings nothing is known, but a queue that was read a moment ago has not vanished. */
const holdSeconds = 30;

/** The highest of each step, so that a peak is seen from afar too. */
class PeakRing {
  readonly ring: StepRing;
  private readonly values: Float32Array;

  constructor({ stepSeconds, slots }: Level) {
    this.ring = new StepRing(stepSeconds * 1_000, slots);
    this.values = new Float32Array(slots);
  }

  write(at: number, value: number): void {
    const { ring, values } = this;
    const step = ring.stepAt(at);
    const isSame = ring.find(step) >= 0;
    const slot = ring.claim(step);
    values[slot] = isSame ? Math.max(values[slot] ?? 0, value) : value;
  }

  read(step: number): number | null {
    return this.values[this.ring.find(step)] ?? null;
  }
}

/** The most that waited in a queue within a step of time. */
export interface QueueStep {
  readonly name: string;
  readonly at: number;
  readonly stepSeconds: number;
  readonly ready: number;
}

interface QueueLine {
  readonly rings: readonly PeakRing[];
  lastAt: number;
  last: number;
}

/** How many messages waited in each queue, as far as it was asked. Pure and bounded; time comes in. */
export class QueueSeries {
  private readonly lines = new LineBook<QueueLine>(queueLimit, 60_000, () => {
    return { rings: levels.map((level) => new PeakRing(level)), lastAt: 0, last: 0 };
  });

  note(name: string, ready: number, at: number): void {
    const line = this.lines.hear(name, at);
    if (!line) return;
    line.last = ready;
    for (const ring of line.rings) ring.write(at, ready);
  }

  /** What is worth keeping of the minute that begins at `at`. */
  minute(at: number): readonly QueueStep[] {
    const step = Math.floor(at / 60_000);
    const all = this.lines.entries().flatMap(([name, { rings }]) => {
      const ready = rings[levels.findIndex(({ stepSeconds }) => stepSeconds === 60)]?.read(step) ?? null;
      return ready === null ? [] : [{ name, at: step * 60_000, stepSeconds: 60, ready }];
    });
    return all.sort((a, b) => b.ready - a.ready).slice(0, keptLimit);
  }

  /** What an earlier process has kept, before anything is noted. */
  restore(steps: readonly QueueStep[]): void {
    const inOrder = [...steps].sort((a, b) => a.at - b.at);
    const newest = inOrder.at(-1)?.at ?? 0;
    for (const { name, at, stepSeconds, ready } of inOrder) {
      const line = this.lines.hear(name, at);
      if (!line) continue;
      line.last = ready;
      for (const peaks of line.rings) {
        const { stepMs, slots } = peaks.ring;
        if (newest - at > stepMs * slots) continue;
        for (let ms = 0; ms < stepSeconds * 1_000; ms += stepMs) peaks.write(at + ms, ready);
      }
    }
  }

  get names(): readonly string[] {
    return this.lines.names;
  }

  /** The length of the steps in which a span that began at `from` can be told. */
  stepFor(from: number, to: number, now: number): number {
    const reaches = ({ stepSeconds, slots }: Level): boolean => now - from <= stepSeconds * slots * 1000;
    const isCoarse = ({ stepSeconds }: Level): boolean => (to - from) / 1000 / stepSeconds <= 750;
    const level = levels.find((each) => reaches(each) && isCoarse(each)) ?? levels.at(-1);
    return level?.stepSeconds ?? 1;
  }

  /** Of each step the highest, of the last the latest: it has to be what the queue's row says. */
  read(name: string, stepSeconds: number, first: number, count: number): (number | null)[] {
    const line = this.lines.get(name);
    const ring = line?.rings[levels.findIndex((level) => level.stepSeconds === stepSeconds)];
    if (!ring || !line) return new Array<number | null>(count).fill(null);
    const holdSteps = Math.floor(holdSeconds / stepSeconds);
    let last: number | null = null;
    let age = 0;
    return Array.from({ length: count }, (_, index) => {
      const isLast = first + index === Math.floor(line.lastAt / 1000 / stepSeconds);
      const value = isLast ? line.last : ring.read(first + index);
      age = value === null ? age + 1 : 0;
      last = value ?? (age > holdSteps ? null : last);
      return last;
    });
  }
}
