import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ChannelModel, connect, type GetMessage } from 'amqplib';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { refusalOf } from '../../server/celery/controlReply.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import { until } from '../lab/lab.ts';
import { listen, openSession } from './amqpListener.ts';
import { attempt } from './amqpRefusal.ts';
import { amqpSuite } from './amqpSuite.ts';
import { collectReplies, inAMinute } from './collectReplies.ts';
import { command, order } from './commandContract.ts';
import { openRecorded } from './recordedSession.ts';

/** A connection beside the adapter that is tested. */
const beside = async (url: string, run: (model: ChannelModel) => Promise<void>): Promise<void> => {
  const model = await connect(url);
  try {
    await run(model);
  } finally {
    await model.close();
  }
};

const send = (queue: string, rest = {}) => taskMessage(order({ queue, ...rest }), Date.now());

amqpSuite('RabbitMQ: commands and tasks', {}, (check) => {
  check('a task is sent as by the producer of Celery itself', async ({ lab, rabbitmq, config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    await beside(rabbitmq.url, async (model) => {
      const channel = await model.createChannel();
      const options = { priority: 3, expires: new Date(Date.now() + 3_600_000).toISOString() };
      await lab.send({ broker: rabbitmq, task: 'lab.echo', args: [1], queue: 'parity', options });
      const ours = send('parity', options);
      await session.publish({ ...ours, properties: { ...ours.properties, expirationMs: 3_600_000 } });
      const [theirs, own] = [await channel.get('parity'), await channel.get('parity')];
      assert.ok(theirs && own);
      assert.deepEqual(namesIn(own), namesIn(theirs));
      for (const name of ['contentType', 'contentEncoding', 'deliveryMode', 'priority'] as const) {
        assert.equal(own.properties[name], theirs.properties[name], name);
      }
      assert.deepEqual(JSON.parse(String(own.content)), JSON.parse(String(theirs.content)));
      assert.equal(own.properties.expiration, '3600000');
      assert.match(String(theirs.properties.expiration), /^3[56]\d{5}$/);
      assert.equal(own.properties.correlationId, own.properties.headers?.['id']);
      assert.equal(own.fields.exchange, theirs.fields.exchange);
      assert.equal(own.fields.routingKey, theirs.fields.routingKey);
    });
  });

  check('a worker of Celery 5.2 answers, and runs what is sent', async ({ lab, rabbitmq, config }, t) => {
    const worker = await lab.worker({ broker: rabbitmq, name: 'old', celery: '5.2' });
    t.after(() => worker.stop());
    const session = await openRecorded(createAmqpBroker(config));
    t.after(() => session.close());
    const asked = await collectReplies(session);
    await asked.box.ask(command('ping'), 'old', inAMinute());
    assert.deepEqual(await asked.count('old', 1), { 'old@lab': { ok: 'pong' } });
    await asked.box.ask(command('no_such'), 'refused', inAMinute());
    assert.match(refusalOf((await asked.count('refused', 1))['old@lab']) ?? '', /no_such/);
    const task = order({ args: ['done by 5.2'] });
    await session.publish(taskMessage(task, Date.now()));
    const done = await session.event((event) => event.type === 'task-succeeded' && event['uuid'] === task.id);
    assert.equal(done['result'], "'done by 5.2'");
  });

  check('200 commands at once are all answered, without a warning', async ({ lab, rabbitmq, config }, t) => {
    const worker = await lab.worker({ broker: rabbitmq, name: 'busy' });
    t.after(() => worker.stop());
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    t.after(() => process.off('warning', note));
    const session = await openSession(t, createAmqpBroker(config), listen());
    const asked = await collectReplies(session);
    const tickets = Array.from({ length: 200 }, () => randomUUID());
    await Promise.all(tickets.map((ticket) => asked.box.ask(command('ping'), ticket, inAMinute())));
    for (const ticket of tickets) await asked.count(ticket, 1);
    assert.deepEqual(warnings, []);
  });

  check('a task for which there is no queue is refused, and the next one is sent', async ({ rabbitmq, config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    await beside(rabbitmq.url, async (model) => {
      const channel = await model.createChannel();
      await channel.assertQueue('here');
      await channel.assertExchange('shop', 'direct');
      const results = await Promise.allSettled([
        session.publish(send('nowhere')),
        session.publish(send('here', { exchange: 'shop', routingKey: 'unbound' })),
        session.publish(send('here', { exchange: 'no.exchange' })),
        session.publish(send('here')),
      ]);
      const sentences = results.map((result) => (result.status === 'rejected' ? result.reason.message : 'sent'));
      assert.match(sentences[0], /^Queue "nowhere" not found in the virtual host "\/", so the task was not sent/);
      assert.match(sentences[1], /^No queue is bound to the exchange "shop" with the routing key "unbound"/);
      assert.match(sentences[2], /^Exchange "no.exchange" not found/);
      assert.equal(sentences[3], 'sent');
      for (const result of results.slice(0, 3))
        assert.equal(result.status === 'rejected' && result.reason.code, 'notFound');
      assert.equal((await channel.checkQueue('here')).messageCount, 1);
    });
  });

  check('what RabbitMQ refuses for other reasons is told in its words', async ({ config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    const ours = send('parity');
    const tooLong = { ...ours, properties: { ...ours.properties, expirationMs: 2 ** 40 } };
    await assert.rejects(session.publish(tooLong), /refused the task: PRECONDITION_FAILED.*expiration/);
  });

  check('a queue that is full refuses a task, and the sentence says so', async ({ rabbitmq, config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    await beside(rabbitmq.url, async (model) => {
      const limits = { 'x-max-length': 1, 'x-overflow': 'reject-publish' };
      await (await model.createChannel()).assertQueue('full', { arguments: limits });
      await session.publish(send('full'));
      await assert.rejects(session.publish(send('full')), /the queue "full" is full/);
    });
  });

  check('queues are told apart: there, not there, and closed to others', async ({ rabbitmq, config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    await beside(rabbitmq.url, async (model) => {
      const channel = await model.createConfirmChannel();
      const names = Array.from({ length: 60 }, (_, index) => `many.${index}`);
      for (const name of names.slice(0, 30)) await channel.assertQueue(name);
      for (const name of names.slice(0, 30)) channel.sendToQueue(name, Buffer.from('x'));
      await channel.waitForConfirms();
      await channel.assertQueue('mine', { exclusive: true });
      const depths = await session.queueDepths([...names, 'mine']);
      const nothing = { unacked: null, consumers: null, ready: null };
      assert.deepEqual(depths, [
        ...names.slice(0, 30).map((name) => ({ name, exists: true, ready: 1, unacked: null, consumers: 0 })),
        ...names.slice(30).map((name) => ({ name, exists: false, ...nothing })),
        { name: 'mine', exists: true, ...nothing },
      ]);
      assert.match(session.management.absence ?? '', /management API/);
      assert.equal(await session.queueNames(), null);
      assert.equal(await session.mailboxNames(), null);
      await assert.rejects(session.purge('mine'), /"mine" .* is exclusive to another connection/);
    });
    await assert.rejects(session.purge('many.59'), { code: 'notFound', message: /"many.59" not found/ });
  });

  check(
    'in an alarm nothing is sent, and queues can still be looked at and purged',
    async ({ rabbitmq, config }, t) => {
      const calm = (): Promise<string> => rabbitmq.ctl(['set_vm_memory_high_watermark', '0.4']);
      t.after(calm);
      const listener = listen();
      const session = await openSession(t, createAmqpBroker(config), listener);
      const { box } = await collectReplies(session);
      await beside(rabbitmq.url, async (model) => {
        await (await model.createChannel()).assertQueue('held');
        await session.publish(send('held'));
        await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.00001']);
        await until('the alarm is told', () => listener.alarms.length > 0, 20_000);
        await assert.rejects(session.publish(send('held')), /low on memory.*The message was not sent/);
        await assert.rejects(box.ask(command('ping'), 'no', inAMinute()), /low on memory.*The message was not sent/);
        assert.equal((await session.queueDepths(['held']))[0]?.ready, 1);
        assert.equal(await session.purge('held'), 1);
        await calm();
      });
    },
  );

  check('the session ends and says why when somebody deletes its queue of replies', async ({ rabbitmq, config }, t) => {
    const session = await openSession(t, createAmqpBroker(config), listen());
    await collectReplies(session);
    const queues = (await rabbitmq.ctl(['-q', 'list_queues', 'name'])).split('\n');
    const [queue = ''] = queues.filter((name) => name.endsWith('.reply.celery.pidbox'));
    assert.match(queue, /^celeriac-/);
    await rabbitmq.ctl(['delete_queue', queue]);
    assert.match(String(await session.ended), /reply queue of Celeriac was deleted/);
  });

  check('a user who follows each sentence has in the end the rights to ask, send and purge', async (subject) => {
    const { rabbitmq, config } = subject;
    const granted = { configure: '^celeryev', write: '^celeryev', read: '^celeryev' };
    await rabbitmq.ctl(['add_vhost', 'strict']);
    await rabbitmq.ctl(['set_permissions', '-p', 'strict', 'guest', '.*', '.*', '.*']);
    await rabbitmq.ctl(['add_user', 'novice', 'pass-of-novice']);
    const url = `amqp://novice:pass-of-novice@${rabbitmq.host}:${rabbitmq.port}/strict`;
    const asked: string[] = [];
    await beside(url.replace('novice:pass-of-novice', 'guest:guest'), async (model) => {
      const channel = await model.createChannel();
      await channel.assertQueue('orders');
      await channel.assertExchange('celery.pidbox', 'fanout', { durable: false });
      await channel.bindQueue('orders', 'celery.pidbox', '');
      for (let tries = 0; tries < 12; tries++) {
        const { configure, write, read } = granted;
        await rabbitmq.ctl(['set_permissions', '-p', 'strict', 'novice', configure, write, read]);
        const error = await attempt({ ...config, url }, async (session) => {
          const box = await session.openReplies(() => undefined);
          await box.ask(command('ping'), 'novice', inAMinute());
          await session.publish(send('orders'));
          assert.ok((await session.purge('orders')) > 0);
        });
        if (!error) break;
        const demand = /lacks the (\w+) permission on the (\w+ "[^"]+").* also match (\S+)/.exec(error.message);
        const [, right, what, pattern] = demand ?? assert.fail(error.message);
        asked.push(`${right} ${what}`);
        if (right === 'configure' || right === 'write' || right === 'read') granted[right] += `|${pattern}`;
      }
    });
    assert.deepEqual(asked, [
      'configure exchange "reply.celery.pidbox"',
      'configure queue "celeriac-*"',
      'write queue "celeriac-*"',
      'read exchange "reply.celery.pidbox"',
      'read queue "celeriac-*"',
      'write exchange "celery.pidbox"',
      'write exchange "amq.default"',
      'read queue "orders"',
    ]);
  });
});

/** The names of all headers and of all properties that say something. */
const namesIn = ({ properties }: GetMessage): string[] =>
  [
    ...Object.keys(properties).filter((name) => Reflect.get(properties, name) !== undefined),
    ...Object.keys(properties.headers ?? {}).map((name) => `header ${name}`),
  ].sort();
