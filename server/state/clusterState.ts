import type { CeleryTask } from '../api/celeryTask.ts';
import type { Counters, StoreMemory, Worker } from '../api/model.ts';
import type { GroupStats, Series, SeriesQuery } from '../api/tasks.ts';
import type { DecodeProblem } from '../celery/decodeProblem.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { FailedRun } from '../failures/failureBook.ts';
import type { Group } from './figures/group.ts';
import type { GroupBook } from './figures/groupBook.ts';
import type { GroupKind, GroupMinute } from './figures/groupMinute.ts';
import { InvalidCounts } from './figures/invalidCounts.ts';
import { type Gauges, SeriesBook } from './figures/seriesBook.ts';
import type { PackedDurations } from './figures/seriesLevel.ts';
import { TaskTally } from './figures/taskTally.ts';
import { type EventType, EventTypes, sentKind } from './names/eventTypes.ts';
import { Interner } from './names/interner.ts';
import { keepStringsSwift } from './names/taskId.ts';
import { pending, received, retry, started, TaskStates } from './names/taskStates.ts';
import { type CeleryWorker, toCeleryTasks, toCeleryWorker } from './queries/celerySnapshot.ts';
import { atOnce, type Sliced } from './queries/slices.ts';
import { TaskQueries } from './queries/taskQueries.ts';
import { EndedTasks } from './rows/endedTasks.ts';
import { TaskMerger, taskEventDefect } from './rows/taskMerger.ts';
import { TaskStore, type TextLimits } from './rows/taskStore.ts';
import type { ShowText } from './texts/shownTexts.ts';
import { WorkerBook, type WorkerChanges } from './workers/workerBook.ts';

const tidyEveryMs = 60_000;

export interface ClusterStateOptions {
  /** What of a task's texts people may see: searches and orders go by that. Left out: all of it. */
  readonly show?: ShowText;
  readonly maxTasks: number;
  readonly workerLostAfterMs: number;
  readonly startedAt: number;
  /** How many bytes its stores may hold; left out: as many as they need. */
  readonly memory?: StateMemory;
}

/** Limits in bytes. */
export interface StateMemory extends TextLimits {
  readonly taskRows: number;
  readonly unsavedTasks: number;
}

/** A task's row, its place in the table of ids, and what it costs to grow both. */
const bytesPerRow = 320;

/** What `celeriac snapshot` and `replay` print: Celery's own names and values. */
export interface CelerySnapshot {
  readonly workers: Readonly<Record<string, CeleryWorker>>;
  readonly tasks: Readonly<Record<string, CeleryTask>>;
  readonly counters: {
    readonly events: number;
    readonly invalid: number;
    readonly lost: number;
    readonly evicted: number;
  };
}

/**
 * Everything known of one cluster, as its events told it. Holds no clock: time comes in with each call.
 *
 * It reaches what celery/events/state.py: State reaches on the same stream, task by task and field by field, but for this:
 * - A worker is `late` after two missed heartbeats and `lost` after the grace; Celery calls it offline at once and flaps.
 * - What a worker sent before its goodbye does not bring it back when it arrives late.
 * - A retry names itself as its parent. `Task.parentId` keeps the first parent, and no task is its own child.
 * - Beyond the limit, tasks are forgotten by what they are worth (`evictionClassOf`), not by age alone.
 * - Timestamps are taken as they are. Celery's receiver shifts them by the difference of time zones, which is wrong: they
 *   are in UTC.
 * - A field of a type it cannot have (a name that is a number) counts as none, and an event's field that has the name of a
 *   computed attribute (`state`, `worker`, `client`, `sent` … `rejected`) is not taken for it.
 * - Texts are cut at 65,536 characters; beyond some two dozen custom states, the others are one.
 */
export class ClusterState {
  private readonly interner = new Interner();
  private readonly states = new TaskStates();
  private readonly eventTypes = new EventTypes(this.states);
  private readonly invalid = new InvalidCounts();
  private readonly workerBook: WorkerBook;
  private readonly seriesBook: SeriesBook;
  private readonly tally: TaskTally;
  private readonly store: TaskStore;
  private readonly merger: TaskMerger;
  /** What can be asked about the tasks that are remembered. */
  readonly tasks: TaskQueries;
  private readonly memoryLimits: StateMemory | null;
  private events = 0;
  private lost = 0;
  private lastEventAt: number | null = null;
  private tidiedAt: number;

  constructor(options: ClusterStateOptions) {
    keepStringsSwift();
    const { workerLostAfterMs, startedAt, memory } = options;
    const maxTasks = Math.min(options.maxTasks, Math.floor((memory?.taskRows ?? Infinity) / bytesPerRow));
    this.memoryLimits = memory ?? null;
    this.workerBook = new WorkerBook(this.interner, workerLostAfterMs, startedAt);
    this.seriesBook = new SeriesBook(startedAt, () => this.gauges());
    this.tally = new TaskTally(this.interner, this.seriesBook);
    this.store = new TaskStore(maxTasks, this.interner, this.states, this.tally, memory, options.show);
    this.merger = new TaskMerger(this.store, this.tally);
    this.tasks = new TaskQueries(this.store);
    this.tidiedAt = startedAt;
  }

  /** Takes in one event (celery/events/state.py: State._event). Never throws on what an event holds. */
  apply(event: CeleryEvent, receivedAt: number): void {
    this.events++;
    this.lastEventAt = receivedAt;
    this.seriesBook.countEvent(receivedAt);
    const type = this.eventTypes.of(event.type);
    if (type.group === 'task') {
      const defect = taskEventDefect(event);
      if (defect !== null) this.noteInvalid(defect);
      else if (type.kind === sentKind) this.applySent(event, type, receivedAt);
      else this.merger.apply(event, type, this.hear(event, receivedAt), receivedAt);
    } else if (type.group === 'worker') {
      this.workerBook.applyWorkerEvent(type.subject, event, receivedAt, localReceivedOf(event, receivedAt));
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

  /** About once a second: ages the silent workers and closes the seconds of the series. */
  tick(now: number): void {
    this.workerBook.tick(now);
    this.seriesBook.tick(now);
    if (now - this.tidiedAt < tidyEveryMs) return;
    this.tidiedAt = now;
    keepStringsSwift();
    this.tally.forgetIdle(now);
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

  counters(): Omit<Counters, 'backlog' | 'stores' | 'listenerErrors' | 'uncountedLosses' | 'gaps'> {
    return {
      events: this.events,
      invalid: this.invalid.total,
      lost: this.lost,
      evicted: this.store.evicted,
      tasks: this.store.held,
      lastEventAt: this.lastEventAt,
      invalidByReason: this.invalid.toRecord(),
    };
  }

  /** What the stores of tasks hold. */
  stores(): Readonly<Record<'taskTexts' | 'longTexts' | 'unsavedTasks', StoreMemory>> {
    const { store, memoryLimits: limits } = this;
    const { arena, ended, evictedForTexts, shortened, longBytes } = store;
    return {
      taskTexts: { bytes: arena.bytesHeld, limit: limits?.taskTexts ?? null, evicted: evictedForTexts },
      longTexts: { bytes: longBytes, limit: limits?.longTexts ?? null, evicted: shortened },
      unsavedTasks: {
        bytes: ended?.bytesHeld ?? 0,
        limit: limits?.unsavedTasks ?? null,
        evicted: ended?.dropped ?? 0,
      },
    };
  }

  typeStats(now: number): readonly GroupStats[] {
    return atOnce(this.statsInSlices('type', now));
  }

  queueStats(now: number): readonly GroupStats[] {
    return atOnce(this.statsInSlices('queue', now));
  }

  workerStats(now: number): readonly GroupStats[] {
    return atOnce(this.statsInSlices('worker', now));
  }

  /** The figures of the groups of a kind, or of those of these names, by name. */
  statsInSlices(kind: GroupKind, now: number, names?: readonly string[]): Sliced<readonly GroupStats[]> {
    return this.groups(kind).stats(now, this.states, names);
  }

  /** The figures of one group; null: nothing was heard of it. */
  statsOf(kind: GroupKind, name: string, now: number): GroupStats | null {
    return atOnce(this.statsInSlices(kind, now, [name]))[0] ?? null;
  }

  groups(kind: GroupKind): GroupBook {
    const { types, queues, workers } = this.tally;
    return { type: types, queue: queues, worker: workers }[kind];
  }

  /** How many of the tasks that are remembered are in each state; with groups, of theirs. */
  heldByState(groups?: readonly Group[]): Readonly<Record<string, number>> {
    const counts = this.states.names.map((name, state) => {
      const held = groups?.reduce((sum, group) => sum + (group.held[state] ?? 0), 0);
      return [name, held ?? this.store.lists.counts[state] ?? 0] as const;
    });
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  series(query: SeriesQuery, now: number): Series {
    return this.seriesBook.query(query, now);
  }

  /** From now on it is remembered which tasks end, until they are taken. */
  recordEnds(): EndedTasks {
    this.store.ended ??= new EndedTasks(this.store, undefined, this.memoryLimits?.unsavedTasks);
    return this.store.ended;
  }

  /** Tells of each run that failed, as its event is taken in. */
  onFailure(tell: (run: FailedRun) => void): void {
    const { interner, columns } = this.store;
    this.merger.onFailed = (row, { exception, traceback }, at) =>
      tell({
        taskId: this.store.idOf(row),
        taskName: interner.textOrNull(columns.name[row] ?? 0),
        worker: interner.textOrNull(columns.worker[row] ?? 0),
        exception: typeof exception === 'string' ? exception : null,
        traceback: typeof traceback === 'string' ? traceback : null,
        at,
      });
  }

  /** What the minute that begins at `at`, one of the last five, brought to task types, queues, workers and all together. */
  groupMinutes(at: number): readonly GroupMinute[] {
    const whole = this.seriesBook.minute(at);
    return [...this.tally.minute(at), ...(whole?.counts.some((count) => count > 0) ? [whole] : [])];
  }

  /** All durations of the steps that begin at these times, by seconds, tens or minutes; null for one that is not kept. */
  durations(stepSeconds: number, times: readonly number[], now: number): readonly (PackedDurations | null)[] {
    return this.seriesBook.durations(stepSeconds, times, now);
  }

  celerySnapshot(): CelerySnapshot {
    const workers = [...this.workerBook.all()].map((record) => [record.hostname, toCeleryWorker(record)] as const);
    return {
      workers: Object.fromEntries(workers),
      tasks: toCeleryTasks(this.store),
      counters: { events: this.events, invalid: this.invalid.total, lost: this.lost, evicted: this.store.evicted },
    };
  }

  /** A worker's task event is a sign of life; the result is the interner's number of its name. */
  private hear(event: CeleryEvent, receivedAt: number): number {
    return this.workerBook.hearTaskEvent(event.hostname, event.timestamp, receivedAt).textId;
  }

  private applySent(event: CeleryEvent, type: EventType, receivedAt: number): void {
    const client = this.interner.acquire(event.hostname);
    this.merger.apply(event, type, client, receivedAt);
    this.interner.release(client);
  }

  private gauges(): Gauges {
    const { counts } = this.store.lists;
    return {
      running: counts[started] ?? 0,
      waiting: (counts[pending] ?? 0) + (counts[received] ?? 0) + (counts[retry] ?? 0),
      workersOnline: this.workerBook.online,
    };
  }
}

/** Recorded events carry the time at which they were received; it is exact to the last bit where ours is rounded to ms. */
const localReceivedOf = (event: CeleryEvent, receivedAt: number): number => {
  const { local_received: localReceived } = event;
  return typeof localReceived === 'number' && Number.isFinite(localReceived) ? localReceived : receivedAt / 1000;
};
