import { type Particulars, readRecordedTasks, type TaskLife } from './recordedTasks.ts';

/** One message as a worker hands it to kombu: a list of events (`task.multi`) or a single one. */
export interface EventMessage {
  readonly routingKey: string;
  readonly hostname: string;
  readonly body: string;
}

export type Packing = 'batched' | 'single';

/** What a prefork worker puts into one message when it is busy (celery/events/dispatcher.py: buffer_limit). */
export const batchSize = 24;

/** A worker has this many tasks received and not yet started (worker_prefetch_multiplier). */
const prefetched = 4;
const hostnames = Array.from({ length: 8 }, (_, index) => `worker${index}@host${index}.example`);

/**
 * An endless stream of the events of recorded tasks: every task new, its own id and its own arguments, from eight
 * workers that take turns. The same seed gives the same ids.
 */
export class TaskStream {
  readonly #random: () => number;
  readonly #workers: StreamWorker[];
  #turn = 0;

  constructor(seed = 1) {
    this.#random = xorshift(seed);
    const lives = readRecordedTasks();
    const shared = { clock: 0, order: 10_000, newId: () => newUuid(this.#random) };
    this.#workers = hostnames.map((hostname, index) => new StreamWorker(hostname, 4_000 + index, lives, shared));
  }

  messages(events: number, packing: Packing): EventMessage[] {
    const messages: EventMessage[] = [];
    for (let left = events; left > 0; left -= packing === 'batched' ? batchSize : 1) {
      const worker = this.#workers[this.#turn++ % this.#workers.length];
      if (!worker) throw new Error('a stream needs workers');
      messages.push(packing === 'batched' ? batch(worker, Math.min(left, batchSize)) : single(worker));
    }
    return messages;
  }

  /** The texts of single events, for those who need no message around them. */
  texts(events: number): string[] {
    return this.messages(events, 'single').map((message) => message.body);
  }
}

const batch = (worker: StreamWorker, size: number): EventMessage => {
  const texts = Array.from({ length: size }, () => worker.next().text);
  return { routingKey: 'task.multi', hostname: worker.hostname, body: `[${texts.join(', ')}]` };
};

const single = (worker: StreamWorker): EventMessage => {
  const { routingKey, text } = worker.next();
  return { routingKey, hostname: worker.hostname, body: text };
};

interface Shared {
  clock: number;
  order: number;
  readonly newId: () => string;
}

interface StreamTask extends Particulars {
  readonly life: TaskLife;
}

class StreamWorker {
  readonly hostname: string;
  readonly #pid: number;
  readonly #lives: readonly TaskLife[];
  readonly #shared: Shared;
  readonly #waiting: StreamTask[] = [];
  #running: StreamTask | null = null;
  #taken: number;
  #lastId: string;

  constructor(hostname: string, pid: number, lives: readonly TaskLife[], shared: Shared) {
    this.hostname = hostname;
    this.#pid = pid;
    this.#taken = pid * 3;
    this.#lives = lives;
    this.#shared = shared;
    this.#lastId = shared.newId();
  }

  /** Keeps its prefetch full, and runs one task at a time. */
  next(): { readonly routingKey: string; readonly text: string } {
    const clock = ++this.#shared.clock;
    const now = (performance.timeOrigin + performance.now()) / 1000;
    if (this.#running) {
      const { life } = this.#running;
      const text = life.ended(this.#running, clock, now);
      this.#running = null;
      return { routingKey: life.routingKeyOfEnd, text };
    }
    const next = this.#waiting.length > prefetched ? this.#waiting.shift() : undefined;
    if (next) {
      this.#running = next;
      return { routingKey: 'task.started', text: next.life.started(next, clock, now) };
    }
    const task = this.#newTask();
    this.#waiting.push(task);
    return { routingKey: 'task.received', text: task.life.received(task, clock, now) };
  }

  #newTask(): StreamTask {
    const life = this.#lives[this.#taken++ % this.#lives.length];
    if (!life) throw new Error('a worker needs recorded tasks');
    const parentId = this.#lastId;
    const id = this.#shared.newId();
    this.#lastId = id;
    return { life, id, parentId, hostname: this.hostname, pid: this.#pid, order: this.#shared.order++ };
  }
}

const xorshift = (seed: number): (() => number) => {
  let state = seed * 2_654_435_761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

const hexOf = (value: number): string => value.toString(16).padStart(8, '0');

const newUuid = (random: () => number): string => {
  const hex = hexOf(random()) + hexOf(random()) + hexOf(random()) + hexOf(random());
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
