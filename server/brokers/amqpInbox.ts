import { randomUUID } from 'node:crypto';
import { queuePrefix } from './amqpRights.ts';

/** RabbitMQ sends this many messages ahead of our acknowledgement. */
export const prefetch = 500;

/**
 * What outlives a session: the name of our queue, in which RabbitMQ keeps the events while a connection is cut, and the
 * messages we have already handed on but RabbitMQ may deliver again because it never saw them acknowledged.
 */
export class AmqpInbox {
  readonly redelivery = new Redelivery();
  #name = newName();
  #sessions = 0;
  #bookmark: Buffer | null = null;
  /** By delivery tag modulo `prefetch`: whatever is older RabbitMQ has certainly seen acknowledged. */
  #handedOn: Buffer[] = [];

  get name(): string {
    return this.#name;
  }

  /** How many sessions have used this queue; 0 when it is not yet declared. */
  get sessions(): number {
    return this.#sessions;
  }

  /** Begins a session: what the last one handed on may come again. */
  open(): void {
    this.#sessions += 1;
    this.redelivery.expect(this.#handedOn, this.#bookmark);
    this.#handedOn = [];
    this.#bookmark = null;
  }

  /** The newest message stays unacknowledged: should it not be redelivered, RabbitMQ has lost messages. */
  handOn(deliveryTag: number, body: Buffer): void {
    this.#handedOn[deliveryTag % prefetch] = body;
    this.#bookmark = body;
  }

  /** Nothing is left unacknowledged. */
  dropBookmark(): void {
    this.#bookmark = null;
  }

  /** The queue is gone; the next session begins with another. */
  renew(): void {
    this.#name = newName();
    this.#sessions = 0;
    this.#handedOn = [];
    this.#bookmark = null;
    this.redelivery.forget();
  }
}

/** Tells messages that were handed on before the connection was cut from those that were not. */
class Redelivery {
  readonly #known = new Map<string, number>();
  #bookmark: string | null = null;

  /** Adds to what is still expected: a session may be cut before everything has come again. */
  expect(handedOn: readonly Buffer[], bookmark: Buffer | null): void {
    // The array has holes, which forEach passes over.
    handedOn.forEach((body) => {
      const key = keyOf(body);
      this.#known.set(key, (this.#known.get(key) ?? 0) + 1);
    });
    if (bookmark) this.#bookmark = keyOf(bookmark);
  }

  /** RabbitMQ has a message that we never acknowledged, and has not delivered it again. */
  get awaitsBookmark(): boolean {
    return this.#bookmark !== null;
  }

  /** Whether this redelivered message was handed on before; each copy counts once. */
  isRepeated(body: Buffer): boolean {
    if (this.#known.size === 0) return false;
    const key = keyOf(body);
    if (key === this.#bookmark) this.#bookmark = null;
    const times = this.#known.get(key) ?? 0;
    if (times > 1) this.#known.set(key, times - 1);
    else this.#known.delete(key);
    return times > 0;
  }

  /** Nothing more is expected to come again. */
  forget(): void {
    this.#known.clear();
    this.#bookmark = null;
  }
}

const newName = (): string => `${queuePrefix}${randomUUID()}`;

const keyOf = (body: Buffer): string => body.toString('latin1');
