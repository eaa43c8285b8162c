import { type ChannelModel, type ConfirmChannel, connect, type Options } from 'amqplib';
import type { LabRabbitmq } from '../lab/lab.ts';

/** What a test does at a RabbitMQ beside the adapter that it tests. */
export interface AmqpAdmin {
  /** Puts bytes where workers put their events, as kombu sends them; resolves when RabbitMQ has them. */
  publishEvents(bodies: readonly Buffer[]): Promise<void>;
  /** Puts messages there whose properties nobody expects; resolves with how many. */
  publishOdd(): Promise<number>;
  /** Declares the mailbox of a worker that is not there, and tells how many commands lie in it. */
  mailbox(name: string): Promise<{ readonly waiting: () => Promise<number> }>;
  /** Queues, exchanges and bindings, as `rabbitmqctl` lists them. */
  footprint(vhost?: string): Promise<readonly string[]>;
  /** The names of our event queues. */
  ourQueues(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Connects when it is first needed, and again after the server was away. */
export const openAdmin = (rabbitmq: LabRabbitmq): AmqpAdmin => {
  let open: { readonly model: ChannelModel; readonly channel: ConfirmChannel } | null = null;
  const channel = async (): Promise<ConfirmChannel> => {
    if (open) return open.channel;
    const model = await connect(rabbitmq.url);
    model.on('error', () => undefined);
    model.once('close', () => {
      open = null;
    });
    const confirming = await model.createConfirmChannel();
    await confirming.assertExchange('celeryev', 'topic', { durable: true });
    open = { model, channel: confirming };
    return confirming;
  };
  const list = async (what: readonly string[]): Promise<string[]> =>
    (await rabbitmq.ctl(['-q', ...what, '--no-table-headers'])).split('\n').filter((line) => line !== '');

  return {
    publishEvents: async (bodies) => {
      const target = await channel();
      for (const body of bodies) {
        const hasRoom = target.publish('celeryev', 'worker.heartbeat', body, eventOptions);
        if (!hasRoom) await new Promise((resolve) => target.once('drain', resolve));
      }
      await target.waitForConfirms();
    },
    publishOdd: async () => {
      const target = await channel();
      for (const options of oddOptions) target.publish('celeryev', 'task.sent', Buffer.from('odd'), options);
      await target.waitForConfirms();
      return oddOptions.length;
    },
    mailbox: async (name) => {
      const target = await channel();
      await target.assertExchange('celery.pidbox', 'fanout', { durable: false });
      await target.assertQueue(name, { durable: true });
      await target.bindQueue(name, 'celery.pidbox', '');
      return { waiting: async () => (await (await channel()).checkQueue(name)).messageCount };
    },
    footprint: async (vhost = '/') => {
      const [queues, exchanges, bindings] = await Promise.all([
        list(['list_queues', '-p', vhost, 'name']),
        list(['list_exchanges', '-p', vhost, 'name', 'type']),
        list(['list_bindings', '-p', vhost, 'source_name', 'destination_name', 'routing_key']),
      ]);
      return [...queues, ...exchanges, ...bindings].sort();
    },
    ourQueues: async () =>
      (await list(['list_queues', 'name'])).filter((name) => name.startsWith('celeryev.celeriac.')),
    close: async () => {
      await open?.model.close();
    },
  };
};

/** As Celery's event dispatcher sends them (celery/events/dispatcher.py). */
const eventOptions = {
  contentType: 'application/json',
  contentEncoding: 'utf-8',
  deliveryMode: 1,
  headers: { hostname: 'worker@lab' },
};

const oddOptions: readonly Options.Publish[] = [
  {},
  { contentType: 'application/x-python-serialize', contentEncoding: 'binary' },
  { headers: { compression: { nested: [1, null, true, { deep: 'x'.repeat(1_000) }] } } },
  { headers: { compression: 'no-such-compression' }, contentEncoding: 'no-such-encoding' },
  { priority: 255, expiration: '60000', replyTo: 'x', timestamp: 2 ** 52, userId: 'guest', appId: '\u0000' },
];
