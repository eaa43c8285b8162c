import type { ConfirmChannel, Message, Options } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import type { AmqpAlarm } from './amqpAlarm.ts';
import type { AmqpLink } from './amqpLink.ts';

export interface Outgoing {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  /** With a `messageId` or a `correlationId` of its own, by which it is known again when it comes back. */
  readonly options: Options.Publish;
}

interface Words {
  /** What is sent: `command`, `task`. */
  readonly thing: string;
  /** What becomes of one that RabbitMQ has but does not read at present; completes "The task …". */
  readonly later: string;
}

interface Sending {
  /** Whether RabbitMQ has it, be it unread. */
  isWritten: boolean;
  readonly settle: (error: unknown) => void;
}

const confirmMs = 10_000;

/**
 * Publishes what must reach a queue, and waits until RabbitMQ has taken it. A refusal closes the channel and fails all
 * that waits on it; the next message opens another.
 */
export class AmqpPublisher {
  readonly #link: AmqpLink;
  readonly #alarm: AmqpAlarm;
  readonly #words: Words;
  #channel: Promise<ConfirmChannel> | null = null;
  /** What is on its way, by id. */
  readonly #sendings = new Map<string, Sending>();
  /** Ids of messages that reached no queue. */
  readonly #unroutable = new Set<string>();

  constructor(link: AmqpLink, alarm: AmqpAlarm, words: Words) {
    this.#link = link;
    this.#alarm = alarm;
    this.#words = words;
    link.model.on('blocked', () => this.#giveUp((sending) => this.#blockedError(sending.isWritten)));
  }

  /** Resolves with whether it reached a queue; a refusal of RabbitMQ comes as amqplib's error. */
  publish({ exchange, routingKey, body, options }: Outgoing): Promise<boolean> {
    const id = idOf(options);
    return new Promise((resolve, reject) => {
      const settle = (error: unknown): void => {
        clearTimeout(timer);
        this.#sendings.delete(id);
        const isRouted = !this.#unroutable.delete(id);
        if (error) reject(error);
        else resolve(isRouted);
      };
      const timer = setTimeout(() => settle(noConfirmError(this.#words.thing)), confirmMs);
      const sending: Sending = { isWritten: false, settle };
      if (this.#alarm.sentence !== null) return settle(this.#blockedError(false));
      this.#sendings.set(id, sending);
      this.#open()
        .then((channel) => {
          if (this.#sendings.get(id) !== sending) return;
          channel.publish(exchange, routingKey, body, { ...options, mandatory: true }, settle);
          sending.isWritten = true;
        })
        .catch(settle);
    });
  }

  #open(): Promise<ConfirmChannel> {
    this.#channel ??= this.#openChannel().catch((error: unknown) => {
      this.#channel = null;
      throw error;
    });
    return this.#channel;
  }

  async #openChannel(): Promise<ConfirmChannel> {
    const channel = await this.#link.model.createConfirmChannel();
    channel.on('return', ({ properties }: Message) => this.#unroutable.add(idOf(properties)));
    // Comes before the callbacks hear only that their channel was closed.
    channel.on('error', (error: unknown) => this.#giveUp(() => error));
    channel.once('close', () => {
      this.#channel = null;
    });
    return channel;
  }

  #giveUp(reason: (sending: Sending) => unknown): void {
    for (const sending of [...this.#sendings.values()]) sending.settle(reason(sending));
  }

  #blockedError(isWritten: boolean): CeleriacError {
    const { thing, later } = this.#words;
    const alarm = this.#alarm.sentence ?? 'RabbitMQ takes no messages.';
    const fate = isWritten ? `${later} once that is over` : 'was not sent';
    return new CeleriacError('brokerUnreachable', `${alarm} The ${thing} ${fate}.`);
  }
}

const idOf = ({ messageId, correlationId }: { messageId?: unknown; correlationId?: unknown }): string =>
  String(messageId ?? correlationId);

const noConfirmError = (thing: string): CeleriacError =>
  new CeleriacError('timeout', `RabbitMQ did not confirm the ${thing} within 10 s. Look whether it is overloaded.`);
