import type { Channel } from 'amqplib';
import { messageOf } from '../api/errors.ts';
import { exists, onOwnChannel } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import { accessRefused, type Deed, explainMissingTopic, replyCode, withRight } from './amqpRights.ts';

export interface ExchangeWanted {
  readonly name: string;
  readonly type: 'direct' | 'topic';
  readonly durable: boolean;
  /** Completes "RabbitMQ does not let the user …". */
  readonly purpose: string;
}

/** Declares an exchange, but only if it is not there: to look needs no right, and some day it may be declared otherwise. */
export const requireExchange = async (link: AmqpLink, { name, type, durable, purpose }: ExchangeWanted) => {
  if (await exists(link, (channel) => channel.checkExchange(name))) return;
  const deed: Deed = { purpose, right: 'configure', resource: 'exchange', name };
  await withRight(link.host, deed, () =>
    onOwnChannel(link, (channel) => channel.assertExchange(name, type, { durable })),
  );
};

export interface BindingWanted {
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly purpose: string;
}

/** A binding needs two rights: RabbitMQ says which one was missing by naming the resource. */
export const bindQueue = async (link: AmqpLink, channel: Channel, wanted: BindingWanted): Promise<void> => {
  const { queue, exchange, routingKey, purpose } = wanted;
  const write: Deed = { purpose, right: 'write', resource: 'queue', name: queue };
  const read: Deed = { purpose, right: 'read', resource: 'exchange', name: exchange };
  try {
    await channel.bindQueue(queue, exchange, routingKey);
  } catch (error) {
    if (replyCode(error) !== accessRefused) throw error;
    const said = messageOf(error);
    if (/access to topic/.test(said)) throw explainMissingTopic(link.host, exchange, error);
    await withRight(link.host, /access to exchange/.test(said) ? read : write, () => Promise.reject(error));
  }
};
