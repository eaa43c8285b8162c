import { randomUUID } from 'node:crypto';
import type { Channel, ConsumeMessage } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { decodeReply, type ReceivedReply, replyExchange, replyQueue } from '../celery/controlReply.ts';
import { bindQueue, requireExchange } from './amqpDeclare.ts';
import { explainEnd } from './amqpErrors.ts';
import type { AmqpLink } from './amqpLink.ts';
import { toDelivery } from './amqpReceiver.ts';
import { replyPrefix, withRight } from './amqpRights.ts';

/** As Celery's `control_queue_expires` and `control_queue_ttl`. */
const queueExpiresMs = 10_000;
const messageTtlMs = 300_000;
const purpose = "receive workers' replies";

/**
 * Makes a queue into which workers reply, and resolves with the routing key that leads there (kombu/pidbox.py:
 * Mailbox.get_reply_queue). It goes with its connection: it is exclusive, which RabbitMQ 4 also wants of a queue that is
 * not durable. That connection should not publish: in an alarm RabbitMQ would not hear our goodbye.
 */
export const openReplies = async (link: AmqpLink, onReply: (reply: ReceivedReply) => void): Promise<string> => {
  const oid = `${replyPrefix}${randomUUID()}`;
  await requireExchange(link, {
    name: replyExchange,
    type: 'direct',
    durable: false,
    purpose: `create the exchange of workers' replies, which no worker has done yet`,
  });
  const channel = await link.model.createChannel();
  const refused = new Promise<never>((_, reject) => channel.on('error', reject));
  refused.catch(() => undefined);
  await consumeReplies(link, channel, oid, onReply);
  // From now on an error of the channel ends the session.
  refused.catch((error: unknown) => link.fail(explainEnd(error, link.host)));
  return oid;
};

const consumeReplies = async (
  link: AmqpLink,
  channel: Channel,
  oid: string,
  onReply: (reply: ReceivedReply) => void,
): Promise<void> => {
  const queue = replyQueue(oid);
  const options = {
    exclusive: true,
    durable: false,
    autoDelete: true,
    expires: queueExpiresMs,
    messageTtl: messageTtlMs,
    arguments: { 'x-queue-type': 'classic' },
  };
  const take = (message: ConsumeMessage | null): void => {
    if (message) onReply(readReply(message));
    else link.fail(queueGone(link));
  };
  const to = (right: 'configure' | 'read') => ({ purpose, right, resource: 'queue', name: queue }) as const;
  await withRight(link.host, to('configure'), () => channel.assertQueue(queue, options));
  await bindQueue(link, channel, { queue, exchange: replyExchange, routingKey: oid, purpose });
  await withRight(link.host, to('read'), () => channel.consume(queue, take, { noAck: true }));
};

const readReply = (message: ConsumeMessage): ReceivedReply =>
  decodeReply(toDelivery(message), message.properties.headers?.['ticket']);

const queueGone = ({ host }: AmqpLink): CeleriacError =>
  new CeleriacError('brokerMissing', phrase('amqp.replyQueueDeleted', { address: host.address }));
