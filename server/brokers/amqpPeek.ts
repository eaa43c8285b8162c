import type { Channel, GetMessage } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import type { PeekedQueue, QueuedMessage } from '../api/peek.ts';
import { phrase } from '../api/phrase.ts';
import { readQueued } from '../celery/readQueued.ts';
import { within } from '../waits/within.ts';
import { onOwnChannel, orReasonOfEnd } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import { toDelivery } from './amqpReceiver.ts';
import { notFound, replyCode, withRight } from './amqpRights.ts';

/** AMQP has no way to look that hands nothing out (rabbitmq.com/docs/consumers: fetching individual messages). */
export const peekingTouches =
  'RabbitMQ delivers the messages and requeues them at once: they are marked as redelivered, and a quorum queue counts this towards its delivery limit.';

/** Somebody's own queue, which only his connection may use. */
const resourceLocked = 405;
/** A stream has no head that could be taken from. */
const notImplemented = 540;

/**
 * Fetches messages one by one, all unacknowledged until the last is there, and gives all back to their places. The channel
 * that they came on is closed for that: a quorum queue of RabbitMQ 3 puts what is refused to its end.
 */
export const peekQueue = async (link: AmqpLink, queue: string, limit: number): Promise<PeekedQueue> => {
  const { host } = link;
  const deed = { purpose: 'look into a queue', right: 'read', resource: 'queue', name: queue } as const;
  const looking = withRight(host, deed, () => onOwnChannel(link, (channel) => fetch(channel, queue, limit)));
  try {
    const messages = await orReasonOfEnd(link, looking);
    return { messages, touched: messages.length > 0 ? peekingTouches : null };
  } catch (error) {
    const cause = error instanceof CeleriacError ? error.cause : error;
    const why = reasons[replyCode(cause) ?? 0];
    if (!why) throw error;
    throw new CeleriacError(why.code, phrase(why.what, { queue, vhost: host.vhost }), { cause });
  }
};

const reasons: Readonly<
  Record<
    number,
    {
      readonly code: 'notFound' | 'brokerPermission' | 'unsupported';
      readonly what: 'queue.peekNotFound' | 'queue.peekExclusive' | 'queue.peekStream';
    }
  >
> = {
  [notFound]: { code: 'notFound', what: 'queue.peekNotFound' },
  [resourceLocked]: { code: 'brokerPermission', what: 'queue.peekExclusive' },
  [notImplemented]: { code: 'unsupported', what: 'queue.peekStream' },
};

const fetch = async (channel: Channel, queue: string, limit: number): Promise<QueuedMessage[]> => {
  const messages: QueuedMessage[] = [];
  try {
    while (messages.length < limit) {
      const message = await channel.get(queue, { noAck: false });
      if (message === false) break;
      messages.push(toQueued(message));
    }
  } finally {
    // On a connection that ends nobody confirms, and the messages are back all the same.
    await within(unlessClosed(channel), givenBackWithinMs, () => undefined);
  }
  return messages;
};

const givenBackWithinMs = 2_000;

const unlessClosed = async (channel: Channel): Promise<void> => {
  try {
    await channel.close();
  } catch {
    // An error of the server has closed it already.
  }
};

const toQueued = (message: GetMessage): QueuedMessage => {
  const { properties, fields } = message;
  return readQueued({
    ...toDelivery(message),
    headers: properties.headers ?? {},
    priority: properties.priority,
    exchange: fields.exchange,
    routingKey: fields.routingKey,
    redelivered: fields.redelivered,
  });
};
