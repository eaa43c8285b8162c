import type { Series, SeriesMetric, SeriesQuery } from '../../api/tasks.ts';
import { type GroupMinute, packOrNull } from './groupMinute.ts';
import { QuantileSketch } from './quantileSketch.ts';
import { countMetrics, levelMetrics, type PackedDurations, SeriesLevel } from './seriesLevel.ts';

const eventsIndex = countMetrics.indexOf('events');
/** A longer time without a tick was slept through; what happened then is not zero but unknown. */
const longestIdleSeconds = 10;

export interface Gauges {
  readonly running: number;
  readonly waiting: number;
  readonly workersOnline: number;
}

/** What gathers for one level until its step is over. */
class Gathering {
  readonly level: SeriesLevel;
  readonly counts = new Uint32Array(countMetrics.length);
  readonly runtimes = new QuantileSketch();
  readonly waits = new QuantileSketch();
  step: number;

  constructor(level: SeriesLevel, second: number) {
    this.level = level;
    this.step = Math.floor(second / level.stepSeconds);
  }

  take(finer: Gathering): void {
    for (let index = 0; index < this.counts.length; index++) {
      this.counts[index] = (this.counts[index] ?? 0) + (finer.counts[index] ?? 0);
    }
    this.runtimes.merge(finer.runtimes);
    this.waits.merge(finer.waits);
  }

  close(levels: Float32Array): void {
    const { runtimes } = this;
    levels[3] = runtimes.mean ?? Number.NaN;
    levels[4] = runtimes.quantile(0.5) ?? Number.NaN;
    levels[5] = runtimes.quantile(0.95) ?? Number.NaN;
    levels[6] = runtimes.quantile(0.99) ?? Number.NaN;
    levels[7] = this.waits.quantile(0.95) ?? Number.NaN;
    const packed = { runtimes: packOrNull(runtimes), waits: packOrNull(this.waits) };
    this.level.write(this.step, this.counts, levels, packed);
    this.counts.fill(0);
    runtimes.reset();
    this.waits.reset();
  }
}

/** The whole cluster over time: each second, each ten, each minute. An event costs one addition. */
export class SeriesBook {
  private readonly gatherings: readonly [Gathering, Gathering, Gathering];
  private readonly levels = new Float32Array(levelMetrics.length);
  private readonly gauges: () => Gauges;
  private second: number;

  constructor(startedAt: number, gauges: () => Gauges) {
    this.gauges = gauges;
    this.second = Math.floor(startedAt / 1000);
    this.gatherings = [
      new Gathering(new SeriesLevel(1, 900), this.second),
      new Gathering(new SeriesLevel(10, 1080), this.second),
      new Gathering(new SeriesLevel(60, 10_080), this.second),
    ];
  }

  countEvent(now: number): void {
    const second = Math.floor(now / 1000);
    if (second > this.second) this.advance(second);
    const { counts } = this.gatherings[0];
    counts[eventsIndex] = (counts[eventsIndex] ?? 0) + 1;
  }

  /** Counts within the second of the last event or tick. */
  count(kind: number): void {
    const { counts } = this.gatherings[0];
    counts[kind] = (counts[kind] ?? 0) + 1;
  }

  addRuntime(bucket: number, seconds: number): void {
    this.gatherings[0].runtimes.add(bucket, seconds);
  }

  addWait(bucket: number, seconds: number): void {
    this.gatherings[0].waits.add(bucket, seconds);
  }

  tick(now: number): void {
    const second = Math.floor(now / 1000);
    if (second > this.second) this.advance(second);
  }

  query(query: SeriesQuery, now: number): Series {
    this.tick(now);
    const to = Math.min(query.to ?? now, now);
    const { level, step } = this.choose(query, now);
    const last = Math.min(Math.ceil(to / 1000 / level.stepSeconds), step);
    const first = Math.max(
      Math.floor(query.from / 1000 / level.stepSeconds),
      step - level.reachSeconds / level.stepSeconds,
    );
    const points: Partial<Record<SeriesMetric, readonly (number | null)[]>> = {};
    for (const metric of query.metrics) points[metric] = level.read(metric, first, last);
    return { stepSeconds: level.stepSeconds, from: first * level.stepSeconds * 1000, points };
  }

  /** The durations of the steps that begin at these times; null for one that is not kept. */
  durations(stepSeconds: number, times: readonly number[], now: number): readonly (PackedDurations | null)[] {
    this.tick(now);
    const level = this.gatherings.find((each) => each.level.stepSeconds === stepSeconds)?.level;
    return times.map((at) => level?.durations(Math.floor(at / 1000 / stepSeconds)) ?? null);
  }

  /** What the minute at `at` brought to all, as far as it is over. */
  minute(at: number): GroupMinute | null {
    const minute = Math.floor(at / 60_000);
    const { level, step } = this.gatherings[2];
    const counts = level.countsOf(minute);
    const durations = level.durations(minute);
    if (counts && durations) return { kind: 'all', name: '', counts, ...durations };
    return step === minute ? this.openMinute() : null;
  }

  /** The minute that is going on: what was put together of it, and what is still by tens and by the second. */
  private openMinute(): GroupMinute {
    const sum = new Gathering(this.gatherings[2].level, this.second);
    for (const gathering of this.gatherings) sum.take(gathering);
    const counts = [...sum.counts].slice(0, eventsIndex);
    return { kind: 'all', name: '', counts, runtimes: packOrNull(sum.runtimes), waits: packOrNull(sum.waits) };
  }

  private choose(query: SeriesQuery, now: number): Gathering {
    const [fine, middle, coarse] = this.gatherings;
    if (query.stepSeconds !== undefined) {
      return this.gatherings.find(({ level }) => level.stepSeconds === query.stepSeconds) ?? coarse;
    }
    const ageSeconds = (now - query.from) / 1000;
    return [fine, middle].find(({ level }) => ageSeconds <= level.reachSeconds) ?? coarse;
  }

  /** Closes every second up to `second`; after a long sleep only the one that was open. */
  private advance(second: number): void {
    const { running, waiting, workersOnline } = this.gauges();
    this.levels[0] = running;
    this.levels[1] = waiting;
    this.levels[2] = workersOnline;
    const sleptThrough = second - this.second > longestIdleSeconds;
    this.closeSecond();
    this.second = sleptThrough ? second : this.second + 1;
    while (this.second < second) {
      this.openSecond();
      this.closeSecond();
      this.second++;
    }
    this.openSecond();
  }

  private openSecond(): void {
    const [fine, middle, coarse] = this.gatherings;
    fine.step = this.second;
    if (middle.step !== Math.floor(this.second / 10)) {
      coarse.take(middle);
      middle.close(this.levels);
      middle.step = Math.floor(this.second / 10);
    }
    if (coarse.step !== Math.floor(this.second / 60)) {
      coarse.close(this.levels);
      coarse.step = Math.floor(this.second / 60);
    }
  }

  private closeSecond(): void {
    const [fine, middle] = this.gatherings;
    middle.take(fine);
    fine.close(this.levels);
  }
}
