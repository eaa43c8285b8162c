import type { ConfirmChannel, Message, Options } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { AmqpAlarm } from './amqpAlarm.ts';
import type { AmqpLink } from './amqpLink.ts';

export interface Outgoing {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  /** With a `messageId` or a `correlationId` of its own, by which it is known again when it comes back. */
  readonly options: Options.Publish;
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
  #channel: Promise<ConfirmChannel> | null = null;
  /** What is on its way, by id. */
  readonly #sendings = new Map<string, Sending>();
  /** Ids of messages that reached no queue. */
  readonly #unroutable = new Set<string>();

  constructor(link: AmqpLink, alarm: AmqpAlarm) {
    this.#link = link;
    this.#alarm = alarm;
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
      const timer = setTimeout(() => settle(noConfirmError()), confirmMs);
      const sending: Sending = { isWritten: false, settle };
      if (this.#alarm.reason !== null) return settle(this.#blockedError(false));
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
    const alarm = this.#alarm.reason?.phrase ?? phrase('publish.alarm');
    return new CeleriacError('brokerUnreachable', phrase(isWritten ? 'publish.delayed' : 'publish.blocked', { alarm }));
  }
}

const idOf = ({ messageId, correlationId }: { messageId?: unknown; correlationId?: unknown }): string =>
  String(messageId ?? correlationId);

const noConfirmError = (): CeleriacError => new CeleriacError('timeout', phrase('publish.unconfirmed'));
