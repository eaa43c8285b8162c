import type { Counters, Worker } from '../api/model.ts';
import type { GroupStats, Series, SeriesQuery, Task, TaskPage, TaskQuery } from '../api/tasks.ts';
import type { DecodeProblem } from '../celery/decodeProblem.ts';
import type { CeleryEvent } from '../celery/event.ts';
import { InvalidCounts } from './invalidCounts.ts';
import { WorkerBook, type WorkerChanges } from './workerBook.ts';

export interface ClusterStateOptions {
  readonly maxTasks: number;
  readonly workerLostAfterMs: number;
  readonly startedAt: number;
}

/** Everything known of one cluster, as its events told it. Holds no clock: time comes in with each call. */
export class ClusterState {
  private readonly workerBook: WorkerBook;
  private readonly invalid = new InvalidCounts();
  private events = 0;
  private lost = 0;
  private lastEventAt: number | null = null;

  constructor(options: ClusterStateOptions) {
    this.workerBook = new WorkerBook(options.workerLostAfterMs, options.startedAt);
  }

  /** Takes in one event. Never throws on what an event holds. */
  apply(event: CeleryEvent, receivedAt: number): void {
    this.events++;
    this.lastEventAt = receivedAt;
    const type = event.type;
    if (type.startsWith('task-') && type !== 'task-sent') this.workerBook.hearTaskEvent(event.hostname, event.timestamp, receivedAt);
    else if (type.startsWith('worker-')) {
      this.workerBook.applyWorkerEvent(type.slice(7), event, receivedAt, receivedAt / 1000);
    }
  }

  noteInvalid(reason: string, count = 1): void {
    this.invalid.add(reason, count);
  }

  noteProblem(problem: DecodeProblem): void {
    for (let at: DecodeProblem | null = problem; at !== null; at = at.next) this.noteInvalid(at.reason, at.count);
  }

  noteLost(count: number): void {
    this.lost += count;
  }

  /** Until `until` we could not hear the workers (the link was down): their silence does not count. */
  noteDeafness(until: number): void {
    this.workerBook.noteDeafness(until);
  }

  tick(now: number): void {
    this.workerBook.tick(now);
  }

  get workers(): ReadonlyMap<string, Worker> {
    return this.workerBook.workers;
  }

  get hasWorkerChanges(): boolean {
    return this.workerBook.hasChanges;
  }

  takeWorkerChanges(): WorkerChanges {
    return this.workerBook.takeChanges();
  }

  forgetWorker(hostname: string): void {
    this.workerBook.forget(hostname);
  }

  counters(): Omit<Counters, 'backlog'> {
    return {
      events: this.events,
      invalid: this.invalid.total,
      lost: this.lost,
      evicted: 0,
      tasks: 0,
      lastEventAt: this.lastEventAt,
      invalidByReason: this.invalid.toRecord(),
    };
  }

  queryTasks(_query: TaskQuery): TaskPage {
    return { tasks: [], nextCursor: null, matching: 0, held: 0 };
  }

  task(_id: string): Task | null {
    return null;
  }

  typeStats(_now: number): readonly GroupStats[] {
    return [];
  }

  queueStats(_now: number): readonly GroupStats[] {
    return [];
  }

  workerStats(_now: number): readonly GroupStats[] {
    return [];
  }

  series(_query: SeriesQuery, now: number): Series {
    return { stepSeconds: 1, from: now, points: {} };
  }

  celerySnapshot(): unknown {
    return { workers: {}, tasks: {}, counters: this.counters() };
  }
}
