import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Broker, BrokerListener, BrokerSession } from '../../../server/brokers/broker.ts';

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
    /** A message with these bytes as its body, which has to be JSON. */
    deliver: async (body: Buffer | string): Promise<void> => {
      const message = { contentType: 'application/json', contentEncoding: 'utf-8', compression: null };
      (await listening.promise).onDelivery({ kind: 'message', body: Buffer.from(body), ...message });
    },
  };
};
