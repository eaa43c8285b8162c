import type { GroupStats, WindowStats } from '../../api/tasks.ts';
import { countedKinds, failedKind, retriedKind, succeededKind } from '../names/eventTypes.ts';
import { stateLimit, type TaskStates } from '../names/taskStates.ts';
import { CountRing } from './countRing.ts';
import { DurationRings } from './durationRings.ts';
import { type GroupKind, type GroupMinute, packOrNull } from './groupMinute.ts';
import type { QuantileSketch } from './quantileSketch.ts';
import { WindowSum } from './windowSum.ts';

const runEnds = [succeededKind, failedKind, retriedKind];
const windows = [1, 5, 15, 60];
export const fineMs = 5000;
/** A quarter of an hour for those that came first; with thousands of groups, a minute has to do. */
const longFineSlots = 180;
const shortFineSlots = 12;
const minuteMs = 60_000;

/** The figures of one task type, queue or worker. */
export class Group {
  readonly held = new Int32Array(stateLimit);
  heldTotal = 0;
  lastAt: number;
  private readonly firstAt: number;
  private readonly fine: CountRing;
  private readonly minutes = new CountRing(minuteMs, 60, countedKinds);
  private readonly runtimes = new DurationRings();
  private readonly waits = new DurationRings();

  constructor(now: number, isEarly = false) {
    this.fine = new CountRing(fineMs, isEarly ? longFineSlots : shortFineSlots, countedKinds);
    this.firstAt = now;
    this.lastAt = now;
  }

  /** One task more or less in a state. A task counted with the others before this group was made is not missed here. */
  hold(state: number, change: 1 | -1): void {
    const count = (this.held[state] ?? 0) + change;
    if (count < 0) return;
    this.held[state] = count;
    this.heldTotal += change;
  }

  count(kind: number, now: number): void {
    this.lastAt = now;
    this.fine.add(kind, now);
    this.minutes.add(kind, now);
  }

  addRuntime(bucket: number, seconds: number, now: number): void {
    this.runtimes.add(bucket, seconds, now);
  }

  addWait(bucket: number, seconds: number, now: number): void {
    this.waits.add(bucket, seconds, now);
  }

  stats(name: string, now: number, states: TaskStates): GroupStats {
    const held: [string, number][] = [];
    this.held.forEach((count, state) => {
      if (count > 0) held.push([states.nameOf(state), count]);
    });
    return {
      name,
      held: Object.fromEntries(held),
      windows: windows.map((minutes) => this.window(minutes, now)),
      perMinute: this.minutes.history(now, 60, runEnds),
      baselineSeconds: this.runtimes.baseline,
    };
  }

  /** The minute at `at`; what it held for longer than a few minutes is forgotten in part. */
  minute(kind: GroupKind, name: string, at: number): GroupMinute {
    const counts = new Float64Array(countedKinds);
    this.minutes.sum(at, 1, counts);
    const runtimes = packOrNull(this.runtimes.minute(at));
    return { kind, name, counts: [...counts], runtimes, waits: packOrNull(this.waits.minute(at)) };
  }

  get baselineSeconds(): number | null {
    return this.runtimes.baseline;
  }

  /** Adds the last minutes to what others brought. */
  addTo(sum: WindowSum, now: number): void {
    const { minutes } = sum;
    const ring = minutes === 1 ? this.fine : this.minutes;
    const stepMs = minutes === 1 ? fineMs : minuteMs;
    ring.sum(now, (minutes * minuteMs) / stepMs, sum.counts);
    sum.coveredMs = Math.max(sum.coveredMs, this.coveredMs(minutes * minuteMs, stepMs, now));
    this.runtimes.addTo(sum.runtimes, now, minutes);
    this.waits.addTo(sum.waits, now, minutes);
  }

  /** Adds the counts of some kinds, in steps of five seconds that end with the running one. */
  addFine(kind: number, now: number, sums: number[]): void {
    this.fine.history(now, sums.length, [kind]).forEach((count, index) => {
      sums[index] = (sums[index] ?? 0) + count;
    });
  }

  /** As `addFine`, by the minute; an hour of it is kept. */
  addMinutes(kind: number, now: number, sums: number[]): void {
    this.minutes.history(now, sums.length, [kind]).forEach((count, index) => {
      sums[index] = (sums[index] ?? 0) + count;
    });
  }

  /** Adds the durations of the minute at `at`, one of the last five. */
  addDurations(runtimes: QuantileSketch, waits: QuantileSketch, at: number): void {
    runtimes.merge(this.runtimes.minute(at));
    waits.merge(this.waits.minute(at));
  }

  private window(minutes: number, now: number): WindowStats {
    const sum = new WindowSum(minutes);
    this.addTo(sum, now);
    return sum.stats();
  }

  /** How much time the steps of a window stand for: the last is not over, and before the first event there was none. */
  private coveredMs(windowMs: number, stepMs: number, now: number): number {
    const from = (Math.floor(now / stepMs) + 1) * stepMs - windowMs;
    return Math.max(1000, now - Math.max(from, this.firstAt));
  }
}
