import { decodeDelivery } from '../celery/decodeDelivery.ts';
import type { DecodeProblem } from '../celery/decodeProblem.ts';
import type { Delivery } from '../celery/delivery.ts';
import type { CeleryEvent } from '../celery/event.ts';

export interface IntakeSink {
  /** Before the events of a message. */
  delivery?(delivery: Delivery, receivedAt: number): void;
  event(event: CeleryEvent, receivedAt: number): void;
  invalid(problem: DecodeProblem): void;
  /** Messages thrown away because the backlog had reached its limit. */
  overflow(messages: number): void;
  /** After each slice of work. */
  progressed(): void;
}

/** In bytes. */
export interface IntakeLimits {
  readonly intake: number;
  /** What a message of this size becomes when it is read is several times as large. */
  readonly largestMessage: number;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly receivedAt: number;
}

const sliceMs = 8;

/** So much since the last slice is a flood: then reading comes first, until this much is held. */
const floodBytes = 64 * 1024;
/** Of what may be held. */
const heldInFlood = 0.5;
const clockEvery = 32;

/**
 * Stands between the socket and the state: takes every message at once and works through them in short slices, so that
 * the socket is drained whatever the processing costs. A burst is held here rather than in the broker, which would cut
 * us off, and while it lasts nothing but reading is done; what does not fit into its limits is dropped and counted.
 */
export class Intake {
  private waiting: (Waiting | null)[] = [];
  private next = 0;
  /** Of what waits. */
  bytes = 0;
  /** Messages thrown away because it was full. */
  evicted = 0;
  private arrivedBytes = 0;
  private scheduled = false;
  private readonly sink: IntakeSink;
  private readonly now: () => number;
  private readonly limits: IntakeLimits;

  constructor(sink: IntakeSink, now: () => number, limits: IntakeLimits) {
    this.sink = sink;
    this.now = now;
    this.limits = limits;
  }

  get backlog(): number {
    return this.waiting.length - this.next;
  }

  push(delivery: Delivery): void {
    const size = sizeOf(delivery);
    if (size > this.limits.largestMessage || this.bytes + size > this.limits.intake) {
      this.evicted++;
      this.sink.overflow(1);
      return;
    }
    this.bytes += size;
    this.arrivedBytes += size;
    this.waiting.push({ delivery, receivedAt: this.now() });
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.work();
    });
  }

  private work(): void {
    const isFlood = this.arrivedBytes > floodBytes && this.bytes < this.limits.intake * heldInFlood;
    this.arrivedBytes = 0;
    if (isFlood) {
      this.schedule();
      return;
    }
    const until = this.now() + sliceMs;
    for (let done = 1; this.next < this.waiting.length; done++) {
      this.take();
      if (done % clockEvery === 0 && this.now() >= until) break;
    }
    this.compact();
    this.sink.progressed();
    if (this.backlog > 0) this.schedule();
  }

  private take(): void {
    const item = this.waiting[this.next];
    // Let go of at once: a body that outlives its turn grows old, and only a full collection takes it away.
    this.waiting[this.next++] = null;
    if (!item) return;
    this.bytes -= sizeOf(item.delivery);
    this.sink.delivery?.(item.delivery, item.receivedAt);
    const problem = decodeDelivery(item.delivery, (event) => this.sink.event(event, item.receivedAt));
    if (problem) this.sink.invalid(problem);
  }

  /** Lets go of what is done: all at once when empty, otherwise when the done part outweighs the rest. */
  private compact(): void {
    if (this.backlog === 0) {
      this.waiting = [];
      this.next = 0;
    } else if (this.next > 4096 && this.next > this.backlog) {
      this.waiting = this.waiting.slice(this.next);
      this.next = 0;
    }
  }
}

const sizeOf = (delivery: Delivery): number =>
  delivery.kind === 'envelope' ? delivery.bytes.length : delivery.body.length;
