import type { Channel, ConsumeMessage, Replies } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { exists, onOwnChannel } from './amqpChannels.ts';
import { bindQueue, type ExchangeWanted, requireExchange } from './amqpDeclare.ts';
import { explainEnd } from './amqpErrors.ts';
import { type AmqpInbox, prefetch } from './amqpInbox.ts';
import type { AmqpLink } from './amqpLink.ts';
import { AmqpReceiver } from './amqpReceiver.ts';
import { type Deed, withRight } from './amqpRights.ts';
import type { BrokerListener } from './broker.ts';

export interface EventSubscription {
  /** Whether the queue of the last session was still there, with all that came meanwhile. */
  readonly resumed: boolean;
  /** Removes the queue. */
  remove(): Promise<void>;
}

/** What tests need shorter. */
export interface AmqpTimes {
  /** How long RabbitMQ keeps our queue, and the events in it, while nobody is connected. */
  readonly queueExpiresMs: number;
  /** How long after a cut what was sent before it may come again: until RabbitMQ knows that the old connection is dead. */
  readonly redeliveredWithinMs: number;
}

const eventExchange = 'celeryev';
const queueBytes = 256 * 1024 * 1024;

/** Subscribes to every event by a queue of our own, the last session's if RabbitMQ still has it. */
export const subscribeToEvents = async (
  link: AmqpLink,
  inbox: AmqpInbox,
  listener: BrokerListener,
  times: AmqpTimes,
): Promise<EventSubscription> => {
  await requireExchange(link, exchange);
  const resumed = inbox.sessions > 0 && (await exists(link, (channel) => channel.checkQueue(inbox.name)));
  if (!resumed) inbox.renew();
  try {
    const stop = await declareAndConsume(link, inbox, listener, times);
    return { resumed, remove: () => stop().then(() => deleteQueue(link, inbox)) };
  } catch (error) {
    if (!resumed) await deleteQueue(link, inbox).catch(() => undefined);
    throw error;
  }
};

const deleteQueue = async (link: AmqpLink, inbox: AmqpInbox): Promise<void> => {
  await onOwnChannel(link, (channel) => channel.deleteQueue(inbox.name));
  inbox.renew();
};

/** As kombu declares it (celery/events/event.py: event_exchange). */
const exchange: ExchangeWanted = {
  name: eventExchange,
  type: 'topic',
  durable: true,
  purpose: `create the exchange of Celery's events, which no worker has done yet`,
};

/** Resolves with the way to stop consuming. */
const declareAndConsume = async (
  link: AmqpLink,
  inbox: AmqpInbox,
  listener: BrokerListener,
  times: AmqpTimes,
): Promise<() => Promise<unknown>> => {
  const channel = await link.model.createChannel();
  const refused = new Promise<never>((_, reject) => channel.on('error', reject));
  refused.catch(() => undefined);
  await declareQueue(link, channel, inbox.name, times.queueExpiresMs);
  const purpose = 'bind its queue to the events';
  await bindQueue(link, channel, { queue: inbox.name, exchange: eventExchange, routingKey: '#', purpose });
  const { consumerTag } = await consume(link, channel, inbox, listener, times);
  // From now on an error of the channel ends the session.
  refused.catch((error: unknown) => link.fail(explainEnd(error, link.host)));
  return () => channel.cancel(consumerTag);
};

/**
 * Durable, because RabbitMQ 4 does away with other queues that outlive their connection; classic, whatever the server's
 * default is. A monitor that has gone for good must not fill the broker: the queue expires, and until then it drops its
 * oldest messages when it grows too large.
 */
const declareQueue = (link: AmqpLink, channel: Channel, name: string, expires: number): Promise<unknown> => {
  const deed: Deed = { purpose: 'create a queue for events', right: 'configure', resource: 'queue', name };
  const args = { 'x-queue-type': 'classic', 'x-max-length-bytes': queueBytes };
  return withRight(link.host, deed, () => channel.assertQueue(name, { durable: true, expires, arguments: args }));
};

const consume = async (
  link: AmqpLink,
  channel: Channel,
  inbox: AmqpInbox,
  listener: BrokerListener,
  times: AmqpTimes,
): Promise<Replies.Consume> => {
  const deed: Deed = { purpose: 'read its queue of events', right: 'read', resource: 'queue', name: inbox.name };
  const receiver = new AmqpReceiver(inbox, channel, listener, times.redeliveredWithinMs);
  inbox.open();
  channel.once('close', () => receiver.stop());
  const take = (message: ConsumeMessage | null): void => {
    if (message) receiver.receive(message);
    else link.fail(queueGone(link));
  };
  await channel.prefetch(prefetch);
  // A connection that died unnoticed may still be served: the newest session comes first.
  const options = { noAck: false, priority: inbox.sessions };
  const consumer = await withRight(link.host, deed, () => channel.consume(inbox.name, take, options));
  receiver.start();
  return consumer;
};

const queueGone = ({ host }: AmqpLink): CeleriacError =>
  new CeleriacError('brokerMissing', phrase('amqp.eventQueueDeleted', { address: host.address }));
