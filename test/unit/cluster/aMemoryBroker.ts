import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Broker, BrokerListener, BrokerSession } from '../../../server/brokers/broker.ts';
import type { Delivery } from '../../../server/celery/delivery.ts';

const unasked = async () => assert.fail('nobody asks for this');

/** A broker in memory: one session, into which a test puts what workers would have sent. */
export const aMemoryBroker = (answers: Partial<BrokerSession> = {}) => {
  const listening = Promise.withResolvers<BrokerListener>();
  const { promise: ended, resolve } = Promise.withResolvers<Error | null>();
  const session: BrokerSession = {
    server: { product: 'Memory', version: null },
    resumed: false,
    ended,
    broadcast: async () => null,
    openReplies: unasked,
    mailboxNames: unasked,
    queueNames: unasked,
    overview: unasked,
    queueDepths: unasked,
    publish: unasked,
    purge: unasked,
    peekingTouches: null,
    peek: unasked,
    close: async () => resolve(null),
    ...answers,
  };
  const broker: Broker = {
    kind: 'amqp',
    maskedUrl: 'amqp://',
    connect: async (listener, signal) => {
      await turn();
      signal.throwIfAborted();
      listening.resolve(listener);
      return session;
    },
  };
  return {
    broker,
    /** A message with this text as its body, or one of any kind. */
    deliver: async (given: string | Delivery): Promise<void> => {
      const usual = {
        kind: 'message',
        contentType: 'application/json',
        contentEncoding: 'utf-8',
        compression: null,
      } as const;
      const delivery = typeof given === 'string' ? { ...usual, body: Buffer.from(given) } : given;
      (await listening.promise).onDelivery(delivery);
    },
  };
};
