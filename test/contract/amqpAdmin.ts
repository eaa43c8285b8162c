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
  /** Each start of rabbitmqctl takes half a second of the processor, so that one is asked for all lists. */
  const list = async (vhost: string, kinds: readonly Kind[]): Promise<string[]> =>
    linesOf(await rabbitmq.ctl(['eval', listingOf(vhost, kinds)]));

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
    footprint: async (vhost = '/') => (await list(vhost, ['queue', 'exchange', 'binding'])).sort(),
    ourQueues: async () => (await list('/', ['queue'])).filter((name) => name.startsWith('celeryev.celeriac.')),
    close: async () => {
      await open?.model.close();
    },
  };
};

type Kind = 'queue' | 'exchange' | 'binding';

/** What the commands list_queues, list_exchanges and list_bindings ask RabbitMQ for. */
const infos: Readonly<Record<Kind, readonly [module: string, items: string]>> = {
  queue: ['rabbit_amqqueue', '[name]'],
  exchange: ['rabbit_exchange', '[name, type]'],
  binding: ['rabbit_binding', '[source_name, destination_name, routing_key]'],
};

const listingOf = (vhost: string, kinds: readonly Kind[]): string => {
  const bytes = [...Buffer.from(vhost, 'utf8')].join(',');
  const lists = kinds.map((kind) => `${infos[kind][0]}:info_all(<<${bytes}>>, ${infos[kind][1]})`);
  return `
Text = fun({resource, _, _, Name}) -> Name; (Value) when is_atom(Value) -> atom_to_binary(Value, utf8); (Value) -> Value end,
Line = fun(Row) -> lists:join(<<"\\t">>, [Text(Value) || {_, Value} <- Row]) end,
base64:encode(iolist_to_binary(lists:join(<<"\\n">>, [Line(Row) || Row <- lists:append([${lists.join(', ')}])]))).`;
};

/** A long one is printed in several literals. */
const linesOf = (printed: string): string[] => {
  const base64 = [...printed.matchAll(/"([\w+/=]*)"/g)].map(([, part = '']) => part).join('');
  return (
    Buffer.from(base64, 'base64')
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      // As rabbitmqctl prints a binding of the default exchange, and one without a routing key.
      .map((line) => line.replace(/^\t(?=.*\t)|\t$/g, ''))
  );
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
