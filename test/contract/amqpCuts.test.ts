import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type AmqpBroker, type AmqpSession, createAmqpBroker } from '../../server/brokers/amqp.ts';
import type { BrokerListener } from '../../server/brokers/broker.ts';
import { type LabProxy, until } from '../lab/lab.ts';
import { listen, missingOrRepeated, noSignal, numbered, openSession } from './amqpListener.ts';
import { type AmqpSubject, amqpSuite } from './amqpSuite.ts';

const times = { queueExpiresMs: 60_000, redeliveredWithinMs: 3_000 };
/** RabbitMQ gives a connection up after two of these without a word; its own are a minute, ours six seconds. */
const heartbeatSeconds = 4;

const throughProxy = async ({
  lab,
  rabbitmq,
  config,
}: AmqpSubject): Promise<{ broker: AmqpBroker; proxy: LabProxy }> => {
  const proxy = await lab.proxy(rabbitmq);
  const url = `amqp://guest:guest@${proxy.host}:${proxy.port}//`;
  return { proxy, broker: createAmqpBroker({ ...config, url }, times) };
};

/** Keeps a session open as the cluster does, until it is told to stop. */
const keepConnected = (t: TestContext, broker: AmqpBroker, listener: BrokerListener) => {
  const resumed: boolean[] = [];
  let session: AmqpSession | null = null;
  let stopped = false;
  const live = async (): Promise<void> => {
    while (!stopped) {
      session = await broker.connect(listener, noSignal).catch(() => null);
      if (session) {
        resumed.push(session.resumed);
        await session.ended;
        await session.close();
      } else await wait(50);
    }
  };
  const life = live();
  const stop = async (): Promise<void> => {
    stopped = true;
    await session?.close();
    await life;
  };
  t.after(stop);
  return {
    resumed,
    connected: (count: number) => until(`${count} sessions have stood`, () => resumed.length >= count),
    stop,
  };
};

amqpSuite('RabbitMQ: connections that are cut', { config: { heartbeat: String(heartbeatSeconds) } }, (check) => {
  check('lose no event and repeat none, however often they are cut in the midst of a stream', async (subject, t) => {
    const { broker, proxy } = await throughProxy(subject);
    const listener = listen();
    const link = keepConnected(t, broker, listener);
    await link.connected(1);
    const total = 60_000;
    const slice = 2_000;
    for (let sent = 0; sent < total; sent += slice) {
      const before = link.resumed.length;
      const publishing = subject.admin.publishEvents(numbered(slice, sent));
      if ((sent / slice) % 3 === 1) proxy.reset();
      if ((sent / slice) % 6 === 5) proxy.cut();
      await publishing;
      // A reset may strike while the last one is being mended; after a cut it is, however slow the machine.
      if ((sent / slice) % 6 === 5) await link.connected(before + 1);
    }
    await listener.count(total);
    assert.deepEqual(missingOrRepeated(listener.bodies, total), []);
    assert.ok(link.resumed.length > 5, `${link.resumed.length} sessions`);
    assert.deepEqual(new Set(link.resumed.slice(1)), new Set([true]));
    await wait(times.redeliveredWithinMs + 1_500);
    assert.deepEqual(listener.losses, []);
    await link.stop();
    assert.deepEqual(await subject.admin.ourQueues(), []);
  });

  check('lose no event and repeat none when RabbitMQ does not notice the cut for a while', async (subject, t) => {
    const way = await forgetfulWay(subject.rabbitmq);
    const url = `amqp://guest:guest@127.0.0.1:${way.port}//`;
    const broker = createAmqpBroker({ ...subject.config, url }, { ...times, redeliveredWithinMs: 13_000 });
    const listener = listen();
    const link = keepConnected(t, broker, listener);
    t.after(way.close);
    await link.connected(1);
    await subject.admin.publishEvents(numbered(100));
    await listener.count(100);
    way.forget();
    await link.connected(2);
    const lossWouldBeTold = wait(14_500);
    // At once, though RabbitMQ could as well send half of them into the dead connection: the living one comes first.
    for (let sent = 100; sent < 500; sent += 100) {
      await subject.admin.publishEvents(numbered(100, sent));
      await listener.count(sent + 100, 5_000);
    }
    // Of a burst it sends some there, and again when it has noticed.
    await subject.admin.publishEvents(numbered(4_600, 500));
    await listener.count(5_100, 40_000);
    await lossWouldBeTold;
    assert.deepEqual(missingOrRepeated(listener.bodies, 5_100), []);
    assert.deepEqual(listener.losses, []);
    assert.deepEqual(link.resumed, [false, true]);
    await link.stop();
  });

  check('tell of a loss when RabbitMQ dropped what waited', async (subject, t) => {
    const { rabbitmq, admin } = subject;
    await rabbitmq.ctl([
      'set_policy',
      'short',
      '^celeryev\\.celeriac\\.',
      '{"max-length": 10}',
      '--apply-to',
      'queues',
    ]);
    const { broker, proxy } = await throughProxy(subject);
    const listener = listen();
    const first = await openSession(t, broker, listener);
    await admin.publishEvents(numbered(5));
    await listener.count(5);
    proxy.cut();
    assert.ok((await first.ended) instanceof Error);
    await admin.publishEvents(numbered(50, 5));
    const second = await openSession(t, broker, listener);
    await listener.count(15);
    await until('the loss is told', () => listener.losses.length === 1);
    assert.match(listener.losses[0] ?? '', /dropped waiting events/);
    await second.close();
    await rabbitmq.ctl(['clear_policy', 'short']);
  });

  check('tell of a loss when RabbitMQ itself was killed, and go on by themselves', async (subject, t) => {
    const { rabbitmq, admin, config } = subject;
    const listener = listen();
    const link = keepConnected(t, createAmqpBroker(config, times), listener);
    await link.connected(1);
    await admin.publishEvents(numbered(5));
    await listener.count(5);
    await rabbitmq.kill();
    await rabbitmq.start();
    await link.connected(2);
    await until('the loss is told', () => listener.losses.length === 1);
    await admin.publishEvents(numbered(5, 5));
    await listener.count(10);
    assert.deepEqual(missingOrRepeated(listener.bodies, 10), []);
    await link.stop();
    assert.deepEqual(await admin.ourQueues(), []);
  });

  check('begin anew when they come back too late for their queue', async (subject, t) => {
    const { proxy } = await throughProxy(subject);
    const url = `amqp://guest:guest@${proxy.host}:${proxy.port}//`;
    const broker = createAmqpBroker({ ...subject.config, url }, { ...times, queueExpiresMs: 500 });
    const listener = listen();
    const first = await openSession(t, broker, listener);
    proxy.cut();
    await first.ended;
    await until('the queue is gone', async () => (await subject.admin.ourQueues()).length === 0);
    const second = await openSession(t, broker, listener);
    assert.equal(second.resumed, false);
    await subject.admin.publishEvents(numbered(3));
    await listener.count(3);
    await second.close();
  });
});

/** A way to the server that can forget its clients without a word to the server, as a pulled cable does. */
const forgetfulWay = async ({ host, port }: { readonly host: string; readonly port: number }) => {
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, host);
    clients.add(client);
    upstreams.add(upstream);
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.pipe(upstream, { end: false });
    upstream.pipe(client);
  }).unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    port: address.port,
    forget: () => {
      for (const client of clients) client.destroy();
      clients.clear();
    },
    close: () => {
      server.close();
      for (const socket of [...clients, ...upstreams]) socket.destroy();
    },
  };
};
