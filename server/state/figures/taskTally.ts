import { countedKinds } from '../names/eventTypes.ts';
import type { Interner } from '../names/interner.ts';
import { GroupBook } from './groupBook.ts';
import type { GroupMinute } from './groupMinute.ts';
import { bucketOf } from './quantileSketch.ts';
import type { SeriesBook } from './seriesBook.ts';

/** Keeps the figures of task types, queues, workers and the whole in step with what happens to tasks. */
export class TaskTally {
  readonly types: GroupBook;
  readonly queues: GroupBook;
  readonly workers: GroupBook;
  private readonly series: SeriesBook;
  readonly totals = new Float64Array(countedKinds);

  constructor(interner: Interner, series: SeriesBook) {
    this.types = new GroupBook(interner);
    this.queues = new GroupBook(interner);
    this.workers = new GroupBook(interner);
    this.series = series;
  }

  /** A task of this type, queue and worker is held in this state from now on (or, with -1, no longer). */
  hold(type: number, queue: number, worker: number, state: number, change: 1 | -1, now: number): void {
    if (change > 0) {
      this.types.of(type, now)?.hold(state, 1);
      this.queues.of(queue, now)?.hold(state, 1);
      this.workers.of(worker, now)?.hold(state, 1);
    } else {
      this.types.known(type)?.hold(state, -1);
      this.queues.known(queue)?.hold(state, -1);
      this.workers.known(worker)?.hold(state, -1);
    }
  }

  count(kind: number, type: number, queue: number, worker: number, now: number): void {
    this.totals[kind] = (this.totals[kind] ?? 0) + 1;
    this.series.count(kind);
    this.types.of(type, now)?.count(kind, now);
    this.queues.of(queue, now)?.count(kind, now);
    this.workers.of(worker, now)?.count(kind, now);
  }

  addRuntime(seconds: number, type: number, queue: number, worker: number, now: number): void {
    const bucket = bucketOf(seconds);
    this.series.addRuntime(bucket, seconds);
    this.types.of(type, now)?.addRuntime(bucket, seconds, now);
    this.queues.of(queue, now)?.addRuntime(bucket, seconds, now);
    this.workers.of(worker, now)?.addRuntime(bucket, seconds, now);
  }

  addWait(seconds: number, type: number, queue: number, worker: number, now: number): void {
    const bucket = bucketOf(seconds);
    this.series.addWait(bucket, seconds);
    this.types.of(type, now)?.addWait(bucket, seconds, now);
    this.queues.of(queue, now)?.addWait(bucket, seconds, now);
    this.workers.of(worker, now)?.addWait(bucket, seconds, now);
  }

  minute(at: number): readonly GroupMinute[] {
    return [...this.types.minute('type', at), ...this.queues.minute('queue', at), ...this.workers.minute('worker', at)];
  }

  forgetIdle(now: number): void {
    this.types.forgetIdle(now);
    this.queues.forgetIdle(now);
    this.workers.forgetIdle(now);
  }
}
