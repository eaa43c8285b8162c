import { once } from 'node:events';
import { connect } from 'amqplib';
import { heartbeat, type Publisher } from './publisher.ts';
import type { EventMessage } from './taskStream.ts';

const exchange = 'celeryev';

export const openAmqpPublisher = async (url: string): Promise<Publisher> => {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertExchange(exchange, 'topic', { durable: true });
  let returned = 0;
  channel.on('return', () => {
    returned += 1;
  });

  const send = async (messages: readonly ReadyMessage[], mandatory = false): Promise<void> => {
    for (const { routingKey, hostname, body } of messages) {
      const options = { ...properties, headers: { hostname }, mandatory };
      if (!channel.publish(exchange, routingKey, body, options)) await once(channel, 'drain');
    }
    await channel.waitForConfirms();
  };
  return {
    prepare: (messages) => {
      const ready = messages.map(toReady);
      return () => send(ready);
    },
    hasListener: async () => {
      const before = returned;
      await send([toReady(heartbeat('probe@bench'))], true);
      return returned === before;
    },
    close: () => connection.close(),
  };
};

const properties = { contentType: 'application/json', contentEncoding: 'utf-8', deliveryMode: 1, priority: 0 } as const;

interface ReadyMessage {
  readonly routingKey: string;
  readonly hostname: string;
  readonly body: Buffer;
}

const toReady = (message: EventMessage): ReadyMessage => ({ ...message, body: Buffer.from(message.body) });
