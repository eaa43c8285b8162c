import { CeleriacError, messageOf } from '../api/errors.ts';
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
    this.#publisher = new AmqpPublisher(link, alarm, { thing: 'task', later: 'will reach its queue' });
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
      return new CeleriacError('brokerProtocol', `RabbitMQ refused the task: ${said}.`, { cause: error });
    return messageOf(error) === nacked ? fullError(queue, error) : error;
  }

  #noExchange(exchange: string): CeleriacError {
    return new CeleriacError(
      'notFound',
      `There is no exchange "${exchange}" in the virtual host "${this.#link.host.vhost}", so the task was not sent. Correct its name, or start a worker that declares it.`,
    );
  }

  #noQueue({ exchange, routingKey }: TaskMessage): CeleriacError {
    const { vhost } = this.#link.host;
    return new CeleriacError(
      'notFound',
      exchange === ''
        ? `No queue is called "${routingKey}" in the virtual host "${vhost}", so the task was not sent. Correct its name, or start a worker that consumes it.`
        : `No queue is bound to the exchange "${exchange}" with the routing key "${routingKey}" in the virtual host "${vhost}", so the task was not sent. Correct them, or start a worker that binds one.`,
    );
  }
}

/** In amqplib's words (amqplib/lib/channel.js). */
const nacked = 'message nacked';

const fullError = (queue: string, cause: unknown): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    `RabbitMQ did not take the task: the queue "${queue}" is full or cannot store it. Look at its limits and its state.`,
    { cause },
  );

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
