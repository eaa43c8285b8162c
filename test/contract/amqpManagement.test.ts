import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'amqplib';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import { until } from '../lab/lab.ts';
import { type AmqpListener, listen, openSession } from './amqpListener.ts';
import { type AmqpSubject, amqpSuite } from './amqpSuite.ts';
import { order } from './commandContract.ts';
import { startMuteServer } from './muteServer.ts';

const at = ({ config }: AmqpSubject, url: string): ConnectionConfig => ({
  ...config,
  transportOptions: { management_url: url },
});

const managed = (subject: AmqpSubject): ConnectionConfig => at(subject, subject.rabbitmq.managementUrl ?? '');

/** The same for a user of this tag, with all rights in `/`. */
const asUser = async (subject: AmqpSubject, user: string, tag: string): Promise<ConnectionConfig> => {
  const { rabbitmq } = subject;
  await rabbitmq.ctl(['add_user', user, 'pass-of-it']);
  await rabbitmq.ctl(['set_permissions', user, '.*', '.*', '.*']);
  if (tag !== '') await rabbitmq.ctl(['set_user_tags', user, tag]);
  const { origin } = new URL((rabbitmq.managementUrl ?? '').replace('guest:guest@', ''));
  return { ...at(subject, origin), url: rabbitmq.url.replace('guest:guest', `${user}:pass-of-it`) };
};

const serve = async (answer: (path: string) => string): Promise<{ readonly server: Server; readonly url: string }> => {
  const server = createServer((request, response) => response.end(answer(request.url ?? '')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return { server, url: `http://127.0.0.1:${address.port}` };
};

amqpSuite('RabbitMQ: what its management API tells', { management: true }, (check) => {
  check('the queues by name, without those that are no queues of tasks', async (subject, t) => {
    const { rabbitmq, admin, lab } = subject;
    const worker = await lab.worker({ broker: rabbitmq, name: 'one', queues: ['default'] });
    t.after(() => worker.stop());
    await admin.mailbox('crashed@lab.celery.pidbox');
    const session = await openSession(t, createAmqpBroker(managed(subject)), listen());
    await session.openReplies(() => undefined);
    await beside(rabbitmq.url, ['celery_delayed_27', 'celery_delayed.mine']);
    assert.deepEqual(await session.queueNames(), ['celery_delayed.mine', 'default']);
    assert.deepEqual(await session.mailboxNames(), ['crashed@lab', 'one@lab']);
    assert.equal(session.management.absence, null);
  });

  check('how full a queue is, what its consumer holds, its arguments and its rates', async (subject, t) => {
    const session = await openSession(t, createAmqpBroker(managed(subject)), listen());
    const model = await connect(subject.rabbitmq.url);
    t.after(() => model.close());
    const channel = await model.createChannel();
    await channel.assertQueue('slow', { arguments: { 'x-max-length': 1000 } });
    const send = () => session.publish(taskMessage(order({ queue: 'slow' }), Date.now()));
    for (let count = 0; count < 10; count++) await send();
    assert.equal((await session.queueDepths(['slow']))[0]?.ready, 10);
    await channel.prefetch(3);
    await channel.consume('slow', () => undefined);
    let sent = 10;
    const probe = async () => {
      await send();
      sent += 1;
      const [slow] = await session.queueDepths(['slow', 'nowhere']);
      return slow?.unacked === 3 && (slow.management?.publishPerSecond ?? 0) > 0 ? slow : null;
    };
    const depth = await until('it holds three and the rates are there', probe, 20_000, 250);
    assert.equal(depth.ready, sent - 3);
    assert.equal(depth.consumers, 1);
    const { memoryBytes, publishPerSecond, deliverPerSecond, ackPerSecond, ...rest } = depth.management ?? {};
    assert.deepEqual(rest, { type: 'classic', state: 'running', arguments: { 'x-max-length': 1000 } });
    assert.ok((memoryBytes ?? 0) > 1_000);
    for (const rate of [publishPerSecond, deliverPerSecond, ackPerSecond]) assert.equal(typeof rate, 'number');
  });

  check('of very many queues all figures but rates, in one cheap request', async (subject, t) => {
    const session = await openSession(t, createAmqpBroker(managed(subject)), listen());
    const names = Array.from({ length: 1_001 }, (_, index) => `many.${index}`);
    await beside(subject.rabbitmq.url, names.slice(0, 20));
    for (let count = 0; count < 3; count++) await session.publish(taskMessage(order({ queue: 'many.7' }), Date.now()));
    await until('the figures have come', async () => (await session.queueDepths(names))[7]?.ready === 3, 20_000);
    const depths = await session.queueDepths(names);
    assert.deepEqual(
      depths.map(({ exists }) => exists),
      names.map((_, index) => index < 20),
    );
    const { management, ...figures } = depths[7] ?? {};
    assert.deepEqual(figures, { name: 'many.7', exists: true, ready: 3, unacked: 0, consumers: null });
    assert.equal(management?.state, 'running');
  });

  check('a virtual host with any name', async (subject, t) => {
    const vhost = 'shop/eu ü';
    const { rabbitmq } = subject;
    await rabbitmq.ctl(['add_vhost', vhost]);
    await rabbitmq.ctl(['set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*']);
    const url = rabbitmq.url.replace(/\/\/$/, `/${encodeURIComponent(vhost)}`);
    await beside(url, ['theirs']);
    const session = await openSession(t, createAmqpBroker({ ...managed(subject), url }), listen());
    assert.deepEqual(await session.queueNames(), ['theirs']);
    assert.deepEqual(await session.mailboxNames(), []);
  });

  check('the version and, in an alarm, which node is short of what and who is blocked', async (subject, t) => {
    const { rabbitmq } = subject;
    const calm = (): Promise<string> => rabbitmq.ctl(['set_vm_memory_high_watermark', '0.4']);
    t.after(calm);
    const session = await openSession(t, createAmqpBroker(managed(subject)), listen());
    const quiet = await session.management.overview();
    assert.match(quiet?.version ?? '', /^\d+\.\d+/);
    assert.deepEqual({ ...quiet, version: '' }, { version: '', alarms: [], blockedConnections: 0 });
    await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.00001']);
    const told = await until(
      'the alarm shows',
      async () => {
        const overview = await session.management.overview();
        return (overview?.blockedConnections ?? 0) > 0 && overview?.alarms?.[0] ? overview : null;
      },
      40_000,
    );
    assert.match(
      told.alarms?.[0]?.sentence ?? '',
      /^The node rabbitmq\d@localhost is running out of memory, so RabbitMQ accepts no messages/,
    );
    await calm();
  });

  check('what a user with the tag "management" may see, and no more', async (subject, t) => {
    const config = await asUser(subject, 'manager', 'management');
    const session = await openSession(t, createAmqpBroker(config), listen());
    assert.ok(await session.queueNames());
    const overview = await session.management.overview();
    assert.deepEqual({ ...overview, version: '' }, { version: '', alarms: null, blockedConnections: null });
  });

  check('why it cannot be asked, and AMQP alone tells what it can', async (subject, t) => {
    const garbage = await serve(() => '<html>');
    const other = await serve(() => '{"product": "shop"}');
    t.after(() => [garbage, other].map(({ server }) => server.close()));
    const { port } = subject.rabbitmq;
    const wrong = (subject.rabbitmq.managementUrl ?? '').replace('guest:guest', 'guest:wrong-password');
    const cases: readonly (readonly [ConnectionConfig, RegExp])[] = [
      [
        await asUser(subject, 'outsider', ''),
        /does not admit the user "outsider"\. .*set_user_tags outsider monitoring/,
      ],
      [at(subject, wrong), /refused the user "guest" or the password/],
      [
        at(subject, 'http://127.0.0.1:1'),
        /Connection refused at 127\.0\.0\.1:1, .*rabbitmq-plugins enable rabbitmq_management/,
      ],
      [at(subject, garbage.url), /is not the management API of RabbitMQ/],
      [at(subject, garbage.url.replace('//', '//web:own@')), /did not answer with JSON/],
      [at(subject, other.url), /is not the management API of RabbitMQ/],
      [at(subject, 'localhost:15672'), /not a URL that begins with http/],
      [at(subject, `http://127.0.0.1:${port}`), /127\.0\.0\.1/],
    ];
    for (const [config, sentence] of cases) {
      const session = await openSession(t, createAmqpBroker(config), listen());
      assert.equal(await session.queueNames(), null);
      assert.match(session.management.absence ?? '', sentence);
      assert.doesNotMatch(session.management.absence ?? '', /wrong-password|pass-of-it/);
      const [depth] = await session.queueDepths(['slow']);
      assert.deepEqual([depth?.exists, depth?.unacked, depth?.management], [true, null, undefined]);
    }
  });

  check("the broker's password is sent only where RabbitMQ has asked for it", async (subject, t) => {
    const logins: (string | undefined)[] = [];
    for (const challenge of [null, 'Basic realm="Shop"', 'Basic realm="RabbitMQ Management"']) {
      const server = createServer(({ headers }, response) => {
        logins.push(headers.authorization);
        if (challenge !== null) response.writeHead(401, { 'www-authenticate': challenge });
        response.end('{"rabbitmq_version": "3.10.8"}');
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const { port } = server.address() as AddressInfo;
      const session = await openSession(t, createAmqpBroker(at(subject, `http://127.0.0.1:${port}`)), listen());
      assert.equal(await session.queueNames(), null);
      await session.overview();
      const isRabbitmq = challenge?.includes('RabbitMQ') ?? false;
      assert.equal(
        logins.some((login) => login !== undefined),
        isRabbitmq,
        `${challenge}: ${logins}`,
      );
      if (!isRabbitmq) assert.match(session.management.absence ?? '', /password was not sent there/);
    }
    // The real one does ask, so that it is found without a login of its own in management_url.
    const session = await openSession(t, createAmqpBroker(await asUser(subject, 'seen', 'monitoring')), listen());
    assert.ok(await session.queueNames());
  });

  check('a silent one is waited for a second, once', async (subject, t) => {
    const mute = await startMuteServer();
    t.after(() => mute.close());
    const session = await openSession(t, createAmqpBroker(at(subject, `http://127.0.0.1:${mute.port}`)), listen());
    const since = performance.now();
    assert.equal(await session.mailboxNames(), null);
    const waited = performance.now() - since;
    assert.ok(waited > 900 && waited < 3_000, `${waited} ms`);
    await session.queueDepths(['slow']);
    assert.ok(performance.now() - since - waited < 800, 'it was waited for again');
    assert.match(session.management.absence ?? '', /did not answer in time/);
  });

  check('the one of another RabbitMQ is not believed', async (subject, t) => {
    const listener: AmqpListener = listen();
    const session = await openSession(t, createAmqpBroker(managed(subject)), listener);
    await subject.rabbitmq.ctl(['set_cluster_name', 'somebody-else']);
    assert.equal(await session.queueNames(), null);
    assert.match(session.management.absence ?? '', /belongs to another RabbitMQ \("somebody-else" instead of "/);
  });
});

amqpSuite('RabbitMQ: its management API behind TLS', { tls: true, management: true }, (check) => {
  check('is asked with the certificates of the connection', async (subject, t) => {
    const { rabbitmq, config } = subject;
    const { caFile = '', certFile = '', keyFile = '', managementUrl = '' } = rabbitmq;
    const files = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    const front = createSecureServer(files, ({ url, headers }, response) => {
      const path = (url ?? '').replace('/mq/', '/');
      get(new URL(path, managementUrl.replace('guest:guest@', '')), { headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
    });
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    t.after(() => front.close());
    const { port } = front.address() as AddressInfo;
    const transportOptions = { management_url: `https://127.0.0.1:${port}/mq/` };
    const broker = createAmqpBroker({ ...config, tls: { caFile }, transportOptions });
    const trusting = await openSession(t, broker, listen());
    assert.deepEqual(await trusting.queueNames(), []);
    assert.equal(trusting.management.absence, null);
  });
});

/** Declares queues on a connection beside. */
const beside = async (url: string, queues: readonly string[], args = {}): Promise<void> => {
  const model = await connect(url);
  const channel = await model.createChannel();
  for (const queue of queues) await channel.assertQueue(queue, { arguments: args });
  await model.close();
};
