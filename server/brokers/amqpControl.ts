import { randomUUID } from 'node:crypto';
import type { ConfirmChannel, Message } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import type { ControlMessage } from '../celery/control.ts';
import type { AmqpAlarm } from './amqpAlarm.ts';
import { exists, orReasonOfEnd } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import { accessRefused, type Deed, explainMissingRight, notFound, replyCode } from './amqpRights.ts';

const controlExchange = 'celery.pidbox';
const confirmMs = 10_000;

/**
 * Sends remote-control commands. It has a connection of its own: in an alarm RabbitMQ stops reading from connections
 * that publish, which would hold up the acknowledgement of events too.
 */
export class AmqpControl {
  readonly #link: AmqpLink;
  readonly #alarm: AmqpAlarm;
  #channel: Promise<ConfirmChannel> | null = null;
  /** Ids of messages that reached no queue. */
  readonly #unroutable = new Set<string>();

  constructor(link: AmqpLink, alarm: AmqpAlarm) {
    this.#link = link;
    this.#alarm = alarm;
  }

  /** Resolves with 0 when no worker has a mailbox; how many have one RabbitMQ does not say. */
  async broadcast(command: ControlMessage): Promise<number | null> {
    const { sentence } = this.#alarm;
    if (sentence !== null) throw new CeleriacError('brokerUnreachable', `${sentence} The command was not sent.`);
    return await orReasonOfEnd(this.#link, this.#broadcast(command));
  }

  async #broadcast(command: ControlMessage): Promise<number | null> {
    this.#channel ??= this.#openChannel();
    const channel = await this.#channel.catch((error: unknown) => {
      this.#channel = null;
      throw error;
    });
    if (!(await exists(this.#link, (look) => look.checkExchange(controlExchange)))) return 0;
    const messageId = randomUUID();
    const onBlocked = new AbortController();
    const stop = (): void => onBlocked.abort(waitingError(this.#alarm.sentence));
    this.#link.model.once('blocked', stop);
    try {
      await confirmed(channel, Buffer.from(JSON.stringify(command)), messageId, onBlocked.signal);
    } catch (error) {
      const code = replyCode(error);
      if (code === accessRefused) throw explainMissingRight(this.#link.host, deed, error);
      if (code === notFound) return 0;
      throw error;
    } finally {
      this.#link.model.off('blocked', stop);
    }
    return this.#unroutable.delete(messageId) ? 0 : null;
  }

  async #openChannel(): Promise<ConfirmChannel> {
    const channel = await this.#link.model.createConfirmChannel();
    channel.on('return', (message: Message) => this.#unroutable.add(String(message.properties.messageId)));
    channel.on('error', () => undefined);
    channel.once('close', () => {
      this.#channel = null;
    });
    return channel;
  }
}

const deed: Deed = {
  purpose: 'send commands to workers',
  right: 'write',
  resource: 'exchange',
  name: controlExchange,
};

/** Publishes and waits until RabbitMQ has taken the message; with the channel's error if it refuses. */
const confirmed = (channel: ConfirmChannel, body: Buffer, messageId: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(noConfirmError()), confirmMs);
    const done = (error: unknown): void => {
      clearTimeout(timer);
      channel.off('error', done);
      if (error) reject(error);
      else resolve();
    };
    channel.on('error', done);
    signal.addEventListener('abort', () => done(signal.reason), { once: true });
    channel.publish(controlExchange, '', body, { ...messageOptions, messageId }, done);
  });

/** As kombu sends it (kombu/pidbox.py: Mailbox._publish); `mandatory` so that RabbitMQ tells when nobody listens. */
const messageOptions = {
  contentType: 'application/json',
  contentEncoding: 'utf-8',
  deliveryMode: 1,
  mandatory: true,
};

const noConfirmError = (): CeleriacError =>
  new CeleriacError('timeout', 'RabbitMQ did not confirm the command within 10 s. Look whether it is overloaded.');

const waitingError = (alarm: string | null): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    `${alarm ?? 'RabbitMQ takes no messages.'} The command will reach the workers once that is over.`,
  );
