import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { type Served, serveSubject } from './serveSubject.ts';

/** The least a monitor on Node can do: receive, decode, count. What it costs no monitor can go below. */
let events = 0;

const count = (body: Buffer): void => {
  const content: unknown = JSON.parse(body.toString());
  events += Array.isArray(content) ? content.length : 1;
};

const onRedis = async (url: string): Promise<Served> => {
  const client = new Redis(url);
  client.on('pmessageBuffer', (_pattern, _channel, envelope: Buffer) => {
    const { body }: { body: string } = JSON.parse(envelope.toString());
    count(Buffer.from(body, 'base64'));
  });
  await client.psubscribe(`/${client.options.db}.celeryev*`);
  return { counted: () => events, close: async () => client.disconnect() };
};

const onRabbitmq = async (url: string): Promise<Served> => {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  await channel.assertExchange('celeryev', 'topic', { durable: true });
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'celeryev', '#');
  await channel.consume(queue, (message) => message && count(message.content), { noAck: true });
  return { counted: () => events, close: () => connection.close() };
};

await serveSubject(({ url }) => (url.startsWith('redis') ? onRedis(url) : onRabbitmq(url)));
