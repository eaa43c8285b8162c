import { CeleriacError, messageOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';
import type { AmqpAlarm } from './amqpAlarm.ts';
import { exists, orReasonOfEnd } from './amqpChannels.ts';
import { replyText } from './amqpErrors.ts';
import type { AmqpLink } from './amqpLink.ts';
import { AmqpPublisher, type Outgoing } from './amqpPublisher.ts';
import { accessRefused, explainMissingRight, notFound, replyCode } from './amqpRights.ts';

/** Sends tasks, one after the other: what RabbitMQ refuses then is this one and no other. */
export class AmqpTasks {
  readonly #looking: AmqpLink;
  readonly #link: AmqpLink;
  readonly #publisher: AmqpPublisher;
  #last: Promise<unknown> = Promise.resolve();

  /** `looking`: a connection that never publishes, and is heard in an alarm too. */
  constructor(looking: AmqpLink, link: AmqpLink, alarm: AmqpAlarm) {
    this.#looking = looking;
    this.#link = link;
    this.#publisher = new AmqpPublisher(link, alarm);
  }

  publish(message: TaskMessage): Promise<void> {
    const sent = this.#last.then(() => orReasonOfEnd(this.#link, this.#publish(message)));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  async #publish(message: TaskMessage): Promise<void> {
    const { exchange } = message;
    // To be told of a missing exchange by the channel would leave an error in RabbitMQ's log.
    const isThere = exchange === '' || (await exists(this.#looking, (look) => look.checkExchange(exchange)));
    if (!isThere) throw this.#noExchange(exchange);
    const isRouted = await this.#publisher.publish(toOutgoing(message)).catch((error: unknown) => {
      throw this.#explain(message, error);
    });
    if (!isRouted) throw this.#noQueue(message);
  }

  #explain({ exchange, queue }: TaskMessage, error: unknown): unknown {
    const code = replyCode(error);
    if (code === notFound) return this.#noExchange(exchange);
    // The name by which RabbitMQ knows the exchange that has none.
    const name = exchange === '' ? 'amq.default' : exchange;
    const deed = { purpose: 'send a task', right: 'write', resource: 'exchange', name } as const;
    if (code === accessRefused) return explainMissingRight(this.#link.host, deed, error);
    const said = replyText(messageOf(error));
    if (said !== null)
      return new CeleriacError('brokerProtocol', phrase('queue.taskRefused', { reason: said }), { cause: error });
    return messageOf(error) === nacked ? fullError(queue, error) : error;
  }

  #noExchange(exchange: string): CeleriacError {
    return new CeleriacError('notFound', phrase('queue.noExchange', { exchange, vhost: this.#link.host.vhost }));
  }

  #noQueue({ exchange, routingKey }: TaskMessage): CeleriacError {
    const { vhost } = this.#link.host;
    return new CeleriacError(
      'notFound',
      exchange === ''
        ? phrase('queue.noQueue', { queue: routingKey, vhost })
        : phrase('queue.noBinding', { exchange, routingKey, vhost }),
    );
  }
}

/** In amqplib's words (amqplib/lib/channel.js). */
const nacked = 'message nacked';

const fullError = (queue: string, cause: unknown): CeleriacError =>
  new CeleriacError('brokerUnreachable', phrase('queue.full', { queue }), { cause });

/** As kombu's producer does it (kombu/messaging.py: Producer.publish; celery/app/amqp.py: send_task_message). */
const toOutgoing = ({ exchange, routingKey, body, headers, properties }: TaskMessage): Outgoing => {
  const { correlationId, replyTo, deliveryMode, priority, expirationMs } = properties;
  return {
    exchange,
    routingKey,
    body: Buffer.from(body),
    options: {
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      headers,
      correlationId,
      replyTo,
      deliveryMode,
      priority,
      ...(expirationMs === undefined ? {} : { expiration: String(expirationMs) }),
    },
  };
};
