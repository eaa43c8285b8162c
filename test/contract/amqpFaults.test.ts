import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CeleriacError } from '../../server/api/errors.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { until } from '../lab/lab.ts';
import { heartbeat, listen, missingOrRepeated, numbered, openSession } from './amqpListener.ts';
import { refusal } from './amqpRefusal.ts';
import { amqpSuite } from './amqpSuite.ts';

amqpSuite('RabbitMQ: when things go wrong', {}, (check) => {
  check(
    'an alarm is told with its reason, commands are refused meanwhile, and the end is told too',
    async (subject, t) => {
      const { rabbitmq, admin, config } = subject;
      const mailbox = await admin.mailbox('worker.celery.pidbox');
      const calm = (): Promise<string> => rabbitmq.ctl(['set_vm_memory_high_watermark', '0.4']);
      t.after(calm);
      const listener = listen();
      const session = await openSession(t, createAmqpBroker(config), listener);
      assert.equal(await session.broadcast(heartbeat), null);
      assert.equal(await mailbox.waiting(), 1);
      await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.00001']);
      // Nobody sends a command: the session finds out by itself.
      await until('the alarm is told', () => listener.alarms.length > 0, 20_000);
      assert.match(listener.alarms[0] ?? '', /accepts no messages \(low on memory\).*Free memory or disk space/);
      await assert.rejects(session.broadcast(heartbeat), /low on memory.*The message was not sent/);
      await calm();
      await until('its end is told', () => listener.alarms.length > 1);
      assert.equal(listener.alarms[1], null);
      assert.equal(await session.broadcast(heartbeat), null);
      await until('the command has come', async () => (await mailbox.waiting()) === 2);
      await session.close();
      assert.equal(await session.ended, null);
    },
  );

  check(
    'a command that meets an alarm is not waited for, and the sentence says that it will be carried out',
    async (subject, t) => {
      const { rabbitmq, admin, config } = subject;
      const mailbox = await admin.mailbox('worker.celery.pidbox');
      const before = await mailbox.waiting();
      const calm = (): Promise<string> => rabbitmq.ctl(['set_vm_memory_high_watermark', '0.4']);
      t.after(calm);
      const listener = listen();
      const session = await openSession(t, createAmqpBroker(config), listener);
      await session.broadcast(heartbeat);
      await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.00001']);
      await assert.rejects(
        session.broadcast(heartbeat),
        /low on memory.*(will be delivered when the alarm is over|was not sent)/,
      );
      await calm();
      await until('the commands have come', async () => (await mailbox.waiting()) > before);
      await session.close();
    },
  );

  check('garbage of every kind passes through without harm', async ({ admin, config }, t) => {
    const listener = listen();
    const session = await openSession(t, createAmqpBroker(config), listener);
    const huge = Buffer.alloc(3_000_000, 'x');
    const odd = await admin.publishOdd();
    await admin.publishEvents([Buffer.alloc(0), Buffer.from([0xce, 0, 255]), huge, Buffer.from('the last')]);
    await until('the last has come', () => listener.bodies.includes('the last'));
    assert.ok(listener.bodies.includes(''));
    assert.ok(listener.bodies.includes(huge.toString()));
    assert.equal(listener.bodies.length, 4 + odd);
    await session.close();
    assert.equal(await session.ended, null);
  });

  check('our own stall of several seconds in the midst of a burst loses nothing', async ({ admin, config }, t) => {
    const listener = listen();
    const session = await openSession(t, createAmqpBroker(config), listener);
    const total = 40_000;
    const publishing = admin.publishEvents(numbered(total));
    await listener.count(1);
    // Nothing in this process runs meanwhile, as in a long garbage collection.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000);
    await publishing;
    await listener.count(total);
    assert.deepEqual(missingOrRepeated(listener.bodies, total), []);
    await session.close();
    assert.equal(await session.ended, null);
  });

  check('the session ends and says why when somebody deletes its queue', async ({ rabbitmq, admin, config }, t) => {
    const broker = createAmqpBroker(config);
    const session = await openSession(t, broker, listen());
    const [queue = ''] = await admin.ourQueues();
    await rabbitmq.ctl(['delete_queue', queue]);
    const error = await session.ended;
    assert.ok(error instanceof CeleriacError);
    assert.equal(error.code, 'brokerMissing');
    assert.match(error.message, /queue of Celeriac was deleted/);
    await session.close();
    const again = await openSession(t, broker, listen());
    assert.equal(again.resumed, false);
    await again.close();
  });

  check('the session ends with the words of whoever closed the connection', async ({ rabbitmq, config }, t) => {
    const times = { queueExpiresMs: 1_000, redeliveredWithinMs: 30_000 };
    const session = await openSession(t, createAmqpBroker(config, times), listen());
    await rabbitmq.ctl(['close_all_connections', 'maintenance at noon']);
    const error = await session.ended;
    assert.ok(error instanceof CeleriacError);
    assert.match(error.message, /closed the connection: .*maintenance at noon/);
    await session.close();
  });

  check('an abandoned queue disappears by itself when our process is killed', async ({ rabbitmq, admin }) => {
    const script = fileURLToPath(new URL('amqpAbandon.ts', import.meta.url));
    await until('no queue is left of another test', async () => (await admin.ourQueues()).length === 0);
    const child = spawn(process.execPath, [script, rabbitmq.url, '6000'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    assert.equal((await admin.ourQueues()).length, 1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal((await admin.ourQueues()).length, 1);
    await until('the queue is gone', async () => (await admin.ourQueues()).length === 0, 30_000, 250);
  });

  check('closing does not wait for a server that is stopped, and ends clean', async ({ rabbitmq, config }, t) => {
    t.after(() => rabbitmq.resume());
    const session = await openSession(t, createAmqpBroker(config), listen());
    rabbitmq.pause();
    const since = performance.now();
    await session.close();
    assert.ok(performance.now() - since < 5_000, `${performance.now() - since} ms`);
    assert.equal(await session.ended, null);
  });

  check('a stopped server is noticed within 15 seconds, by a session and by one that connects', async (subject, t) => {
    const { rabbitmq, config } = subject;
    t.after(() => rabbitmq.resume());
    const session = await openSession(t, createAmqpBroker(config), listen());
    rabbitmq.pause();
    const since = performance.now();
    const [error, refused] = await Promise.all([session.ended, refusal(config)]);
    assert.ok(performance.now() - since < 15_500, `${performance.now() - since} ms`);
    assert.ok(error instanceof CeleriacError);
    assert.match(error.message, /has been silent for 13 s/);
    assert.match(refused.message, /did not answer within 10 s/);
    await assert.rejects(session.broadcast(heartbeat), { code: 'brokerUnreachable' });
    rabbitmq.resume();
    await session.close();
  });
});
