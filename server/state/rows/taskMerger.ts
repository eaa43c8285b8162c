import type { CeleryEvent } from '../../celery/event.ts';
import type { TaskTally } from '../figures/taskTally.ts';
import { type EventType, failedKind, sentKind, startedKind, succeededKind, timedOutKind } from '../names/eventTypes.ts';
import type { Interner } from '../names/interner.ts';
import { failure, received } from '../names/taskStates.ts';
import { flagExpired, flagTerminated, type TaskColumns } from './taskColumns.ts';
import type { TaskStore } from './taskStore.ts';
import { waitSecondsOf } from './taskTimes.ts';
import { TextMerger } from './textMerger.ts';

const longestId = 1000;
const largestRetries = 0x7fffffff;
const repeatedWithinSeconds = 10;

/** What keeps a task event from being entered, or null. */
export const taskEventDefect = ({ uuid }: CeleryEvent): string | null => {
  if (typeof uuid !== 'string' || uuid === '') return 'task event without an id';
  return uuid.length > longestId ? 'task id too long' : null;
};

/** Merges the events of tasks into their rows, as celery/events/state.py: Task.event does. */
export class TaskMerger {
  private readonly store: TaskStore;
  private readonly columns: TaskColumns;
  private readonly interner: Interner;
  private readonly tally: TaskTally;
  private readonly texts: TextMerger;
  /** Told of each run that failed, when all of the event is in its row. */
  onFailed: ((row: number, event: CeleryEvent, receivedAt: number) => void) | null = null;

  constructor(store: TaskStore, tally: TaskTally) {
    this.store = store;
    this.columns = store.columns;
    this.interner = store.interner;
    this.tally = tally;
    this.texts = new TextMerger(store);
  }

  /** For an event without a defect. `sender` is the interner's number of its hostname. */
  apply(event: CeleryEvent, type: EventType, sender: number, receivedAt: number): void {
    const { store, columns } = this;
    store.makeRoom();
    const uuid = event.uuid as string;
    const found = store.find(uuid);
    const row = found >= 0 ? found : store.create(uuid, receivedAt);
    const state = columns.state[row] ?? 0;
    const name = columns.name[row] ?? 0;
    const queue = columns.queue[row] ?? 0;
    const worker = columns.worker[row] ?? 0;
    if (found >= 0) {
      store.ended?.beforeEvent(row, state);
      store.lists.remove(row, state);
    }
    store.isRepeat = type.kind === failedKind && this.repeatsFailure(row, state, event.timestamp);
    const isNews = this.stamp(row, type.kind, event.timestamp) && !store.isRepeat;
    this.setParty(type.kind === sentKind ? columns.client : columns.worker, row, sender);
    this.merge(row, event, type, uuid);
    store.enlist(row, receivedAt);
    store.ended?.note(row, state, columns.state[row] ?? 0);
    if (found < 0 || this.hasMoved(row, state, name, queue, worker)) {
      // The new place first: a name must not lose its last holder in between.
      this.holdNow(row, receivedAt);
      if (found >= 0) this.tally.hold(name, queue, worker, state, -1, receivedAt);
    }
    if (isNews) this.count(row, event, type.kind, receivedAt);
  }

  /** Enters when the event happened; false when just that was known already, as it is for a message that came twice. */
  private stamp(row: number, kind: number, timestamp: number): boolean {
    const column = this.columns.timeOf(kind);
    if (column === null || column[row] === timestamp) return false;
    column[row] = timestamp;
    return true;
  }

  /**
   * Since Celery 5.7 a worker reports a hard time limit twice: when it notices it, and when the pool has ended the process
   * (celery/worker/request.py: on_timeout, on_failure).
   */
  private repeatsFailure(row: number, state: number, timestamp: number): boolean {
    const { failed, received: receivedAt, started } = this.columns;
    const before = failed[row] ?? Number.NaN;
    if (state !== failure || !(Math.abs(timestamp - before) < repeatedWithinSeconds)) return false;
    return !((receivedAt[row] ?? 0) > before) && !((started[row] ?? 0) > before);
  }

  /**
   * celery/events/state.py: Task.event. An event that logically came before the state already known keeps that state; of
   * a late task-received only what it alone knows is taken (`merge_rules`), of any other late event everything.
   */
  private merge(row: number, event: CeleryEvent, type: EventType, id: string): void {
    const { columns } = this;
    const isLate = this.store.states.isLate(type.state, columns.state[row] ?? 0);
    if (!isLate) columns.state[row] = type.state;
    const { name, retries } = event;
    if (name !== undefined) this.setText(columns.name, row, name);
    if (retries !== undefined) columns.retries[row] = isCount(retries) ? retries : -1;
    this.texts.mergeInput(row, event, id);
    if (isLate && type.state === received) return;
    this.mergeRest(row, event);
  }

  private mergeRest(row: number, event: CeleryEvent): void {
    const { columns } = this;
    const { clock, runtime, queue, exchange, routing_key: routingKey, terminated } = event;
    columns.timestamp[row] = event.timestamp;
    if (clock !== undefined) columns.clock[row] = numberOrNan(clock);
    if (runtime !== undefined) columns.runtime[row] = numberOrNan(runtime);
    if (queue !== undefined) this.setText(columns.queue, row, queue);
    if (exchange !== undefined) this.setText(columns.exchange, row, exchange);
    if (routingKey !== undefined) this.setText(columns.routingKey, row, routingKey);
    if (terminated !== undefined) this.setRevocation(row, event);
    this.texts.mergeOutcome(row, event);
  }

  private setRevocation(row: number, event: CeleryEvent): void {
    const { terminated, expired, signum } = event;
    const { flags, signal } = this.columns;
    const others = (flags[row] ?? 0) & ~(flagTerminated | flagExpired);
    flags[row] = others | (terminated === true ? flagTerminated : 0) | (expired === true ? flagExpired : 0);
    signal[row] = isCount(signum) && signum < 256 ? signum : 0;
  }

  private setText(column: Uint32Array, row: number, value: unknown): void {
    const before = column[row] ?? 0;
    if (typeof value !== 'string') {
      column[row] = 0;
      this.interner.release(before);
    } else if (before === 0 || this.interner.textOf(before) !== value) {
      column[row] = this.interner.acquire(value);
      this.interner.release(before);
    }
  }

  private setParty(column: Uint32Array, row: number, sender: number): void {
    const before = column[row] ?? 0;
    if (before === sender) return;
    column[row] = this.interner.retain(sender);
    this.interner.release(before);
  }

  private hasMoved(row: number, state: number, name: number, queue: number, worker: number): boolean {
    const { columns } = this;
    return (
      columns.state[row] !== state ||
      columns.name[row] !== name ||
      columns.queue[row] !== queue ||
      columns.worker[row] !== worker
    );
  }

  private holdNow(row: number, now: number): void {
    const { name, queue, worker, state } = this.columns;
    this.tally.hold(name[row] ?? 0, queue[row] ?? 0, worker[row] ?? 0, state[row] ?? 0, 1, now);
  }

  private count(row: number, event: CeleryEvent, kind: number, now: number): void {
    const { columns, tally } = this;
    const name = columns.name[row] ?? 0;
    const queue = columns.queue[row] ?? 0;
    const worker = columns.worker[row] ?? 0;
    tally.count(kind, name, queue, worker, now);
    if (kind === startedKind) {
      const wait = waitSecondsOf(this.store, row);
      if (wait >= 0) tally.addWait(wait, name, queue, worker, now);
    } else if (kind === succeededKind) {
      const { runtime } = event;
      if (typeof runtime === 'number' && runtime >= 0) tally.addRuntime(runtime, name, queue, worker, now);
    } else if (kind === failedKind) {
      if (isTimeLimit(event)) tally.count(timedOutKind, name, queue, worker, now);
      this.onFailed?.(row, event, now);
    }
  }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largestRetries;

const numberOrNan = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/**
 * billiard's exceptions for the hard and the soft limit. The hard one comes from the pool, since billiard 4 in a wrapper
 * that hides its name; the traceback still ends with it.
 */
const isTimeLimit = ({ exception, traceback }: CeleryEvent): boolean => {
  if (typeof exception !== 'string') return false;
  if (exception.startsWith('TimeLimitExceeded') || exception.startsWith('SoftTimeLimitExceeded')) return true;
  return (
    exception.startsWith('ExceptionWithTraceback') &&
    typeof traceback === 'string' &&
    traceback.includes('TimeLimitExceeded(', traceback.length - 200)
  );
};
