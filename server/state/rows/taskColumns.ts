import { noState } from '../names/taskStates.ts';

/** Bits of `flags`. */
export const flagTerminated = 1;
export const flagExpired = 2;
/** The last event named the task as its own parent, as the second reception after a retry does. */
export const flagParentIsSelf = 4;
/** The id is not a UUID; its text is kept with the other texts. */
export const flagIdIsText = 8;
export const flagHasEta = 16;
/** It ended, and who keeps the tasks that end has not taken it yet (`EndedTasks`). */
export const flagIsUnsaved = 32;

const bytes = (capacity: number, old: Uint8Array): Uint8Array => {
  const fresh = new Uint8Array(capacity);
  fresh.set(old);
  return fresh;
};

const words = (capacity: number, old: Uint32Array): Uint32Array => {
  const fresh = new Uint32Array(capacity);
  fresh.set(old);
  return fresh;
};

const signed = (capacity: number, old: Int32Array): Int32Array => {
  const fresh = new Int32Array(capacity);
  fresh.set(old);
  return fresh;
};

const doubles = (capacity: number, old: Float64Array): Float64Array => {
  const fresh = new Float64Array(capacity);
  fresh.set(old);
  return fresh;
};

/**
 * The tasks, one row each, one array per field: about 200 bytes a task, and nothing for the garbage collector to visit.
 * Times are seconds as the events give them, NaN for none. Strings are numbers of the interner or blocks of the text arena,
 * 0 for none. A row is free while its state is `noState`.
 */
export class TaskColumns {
  capacity = 0;
  state: Uint8Array = new Uint8Array(0);
  flags: Uint8Array = new Uint8Array(0);
  signal: Uint8Array = new Uint8Array(0);
  /** -1 for none. */
  retries: Int32Array = new Int32Array(0);
  name: Uint32Array = new Uint32Array(0);
  worker: Uint32Array = new Uint32Array(0);
  client: Uint32Array = new Uint32Array(0);
  queue: Uint32Array = new Uint32Array(0);
  exchange: Uint32Array = new Uint32Array(0);
  routingKey: Uint32Array = new Uint32Array(0);
  tracebackHead: Uint32Array = new Uint32Array(0);
  input: Uint32Array = new Uint32Array(0);
  outcome: Uint32Array = new Uint32Array(0);
  sent: Float64Array = new Float64Array(0);
  received: Float64Array = new Float64Array(0);
  started: Float64Array = new Float64Array(0);
  succeeded: Float64Array = new Float64Array(0);
  failed: Float64Array = new Float64Array(0);
  retried: Float64Array = new Float64Array(0);
  revoked: Float64Array = new Float64Array(0);
  rejected: Float64Array = new Float64Array(0);
  timestamp: Float64Array = new Float64Array(0);
  clock: Float64Array = new Float64Array(0);
  runtime: Float64Array = new Float64Array(0);
  /** Milliseconds by our clock. */
  firstSeenAt: Float64Array = new Float64Array(0);
  updatedAt: Float64Array = new Float64Array(0);
  /** The number of the last event of the task: a strict order of recency. */
  touched: Float64Array = new Float64Array(0);
  /** Links of the list the row is in (`StateLists`), or of the free rows. */
  newer: Int32Array = new Int32Array(0);
  older: Int32Array = new Int32Array(0);

  constructor(capacity: number) {
    this.grow(capacity);
  }

  grow(capacity: number): void {
    const before = this.capacity;
    this.capacity = capacity;
    this.state = bytes(capacity, this.state).fill(noState, before);
    this.flags = bytes(capacity, this.flags);
    this.signal = bytes(capacity, this.signal);
    this.retries = signed(capacity, this.retries);
    this.name = words(capacity, this.name);
    this.worker = words(capacity, this.worker);
    this.client = words(capacity, this.client);
    this.queue = words(capacity, this.queue);
    this.exchange = words(capacity, this.exchange);
    this.routingKey = words(capacity, this.routingKey);
    this.tracebackHead = words(capacity, this.tracebackHead);
    this.input = words(capacity, this.input);
    this.outcome = words(capacity, this.outcome);
    this.sent = doubles(capacity, this.sent);
    this.received = doubles(capacity, this.received);
    this.started = doubles(capacity, this.started);
    this.succeeded = doubles(capacity, this.succeeded);
    this.failed = doubles(capacity, this.failed);
    this.retried = doubles(capacity, this.retried);
    this.revoked = doubles(capacity, this.revoked);
    this.rejected = doubles(capacity, this.rejected);
    this.timestamp = doubles(capacity, this.timestamp);
    this.clock = doubles(capacity, this.clock);
    this.runtime = doubles(capacity, this.runtime);
    this.firstSeenAt = doubles(capacity, this.firstSeenAt);
    this.updatedAt = doubles(capacity, this.updatedAt);
    this.touched = doubles(capacity, this.touched);
    this.newer = signed(capacity, this.newer);
    this.older = signed(capacity, this.older);
  }

  /** Makes `row` a task of which nothing is known yet. */
  reset(row: number, receivedAt: number): void {
    this.flags[row] = 0;
    this.signal[row] = 0;
    this.retries[row] = -1;
    this.name[row] = 0;
    this.worker[row] = 0;
    this.client[row] = 0;
    this.queue[row] = 0;
    this.exchange[row] = 0;
    this.routingKey[row] = 0;
    this.tracebackHead[row] = 0;
    this.input[row] = 0;
    this.outcome[row] = 0;
    this.sent[row] = Number.NaN;
    this.received[row] = Number.NaN;
    this.started[row] = Number.NaN;
    this.succeeded[row] = Number.NaN;
    this.failed[row] = Number.NaN;
    this.retried[row] = Number.NaN;
    this.revoked[row] = Number.NaN;
    this.rejected[row] = Number.NaN;
    this.timestamp[row] = Number.NaN;
    this.clock[row] = 0;
    this.runtime[row] = Number.NaN;
    this.firstSeenAt[row] = receivedAt;
    this.updatedAt[row] = receivedAt;
  }

  /** The column of the time at which an event of this kind happened (`kinds` of eventTypes.ts). */
  timeOf(kind: number): Float64Array | null {
    switch (kind) {
      case 0:
        return this.sent;
      case 1:
        return this.received;
      case 2:
        return this.started;
      case 3:
        return this.succeeded;
      case 4:
        return this.failed;
      case 5:
        return this.retried;
      case 6:
        return this.revoked;
      case 7:
        return this.rejected;
      default:
        return null;
    }
  }
}
