import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { describe, it } from 'node:test';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import { type LabRedis, until } from '../lab/lab.ts';
import { abandonSession } from './abandonedSession.ts';
import { collectReplies, inAMinute } from './collectReplies.ts';
import { command, order } from './commandContract.ts';
import { connectionTo } from './connectionTo.ts';
import { startFakeRedis } from './fakeRedis.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const replyBindings = '_kombu.binding.reply.celery.pidbox';
const sep = '\x06\x16';

const bindings = async (redis: LabRedis): Promise<string[]> => {
  const members = await redis.cli(['--json', 'smembers', replyBindings]);
  return JSON.parse(members).map((member: string) => member.split(sep)[0]);
};

/** A reply as a worker writes it, and as other programs might. */
const reply = (ticket: string, body: string | Buffer, contentType = 'application/json'): string =>
  JSON.stringify({
    body: Buffer.from(body).toString('base64'),
    'content-type': contentType,
    'content-encoding': 'utf-8',
    headers: { ticket, clock: 1 },
    properties: { body_encoding: 'base64', delivery_tag: randomUUID() },
  });

const open = async (config: ConnectionConfig) => {
  const session = await openRecorded(createBroker(config));
  return { session, asked: await collectReplies(session) };
};

describe('replies over Redis', () => {
  labTest('leave nothing when their process is killed, except to the next session on the same host', async (lab) => {
    const redis = await lab.redis();
    const elsewhere = `celeriac-another-host-1-${randomUUID()}`;
    const foreign = randomUUID();
    for (const oid of [elsewhere, foreign]) {
      await redis.cli(['sadd', replyBindings, [oid, '', `${oid}.reply.celery.pidbox`].join(sep)]);
    }
    const { session: living, asked } = await open(connectionTo(redis));
    const before = await bindings(redis);
    assert.equal(before.length, 3);
    await abandonSession(connectionTo(redis));
    const [left = ''] = (await bindings(redis)).filter((oid) => !before.includes(oid));
    assert.match(left, new RegExp(`^celeriac-${hostname().replaceAll(/[^A-Za-z0-9]/g, '-')}-\\d+-`));
    for (const step of ['', `${sep}3`, `${sep}9`]) {
      await redis.cli(['lpush', `${left}.reply.celery.pidbox${step}`, 'late']);
    }
    const next = await openRecorded(createBroker(connectionTo(redis)));
    assert.deepEqual((await bindings(redis)).sort(), before.sort());
    assert.equal(await redis.cli(['keys', `*${left}*`]), '');
    await next.close();
    assert.equal(await asked.box.ask(command('ping'), 'x', inAMinute()), 0);
    await living.close();
    assert.deepEqual((await bindings(redis)).sort(), [elsewhere, foreign].sort());
  });

  labTest('are read by the thousand, and garbage between them is passed over', async (lab) => {
    const redis = await lab.redis();
    const { session, asked } = await open(connectionTo(redis));
    const [oid] = await bindings(redis);
    const push = `for i = 1, 1000 do
      redis.call('lpush', KEYS[1], (string.gsub(ARGV[1], 'NUMBER', tostring(i))))
      redis.call('lpush', KEYS[1], ARGV[2])
    end`;
    const envelope = JSON.stringify({
      body: `{"wNUMBER@lab": "${'x'.repeat(4_000)}"}`,
      'content-type': 'application/json',
      headers: { ticket: 'load' },
      properties: {},
    });
    const since = performance.now();
    await redis.cli(['eval', push, '1', `${oid}.reply.celery.pidbox`, envelope, 'garbage']);
    assert.equal(Object.keys(await asked.count('load', 1_000)).length, 1_000);
    assert.equal(asked.all.length, 1_000);
    console.log(`1,000 replies of 4 KB came in ${Math.round(performance.now() - since)} ms`);
    await session.close();
    assert.equal(await redis.cli(['keys', '*']), '');
  });

  labTest('come through a socket file and through TLS as well', async (lab) => {
    for (const redis of [await lab.redis({ unixSocket: true, password: 'p/w' }), await lab.redis({ tls: true })]) {
      const { session, asked } = await open(connectionTo(redis));
      const [oid] = await bindings(redis);
      await redis.cli(['lpush', `${oid}.reply.celery.pidbox`, reply('safe', '{"w@x": 1}')]);
      assert.deepEqual(await asked.count('safe', 1), { 'w@x': 1 });
      await session.close();
    }
  });

  labTest('say in which serializer they are when it is not JSON, and by whom', async (lab) => {
    const redis = await lab.redis();
    const { session, asked } = await open(connectionTo(redis));
    const [oid] = await bindings(redis);
    const worker = await lab.worker({
      broker: redis,
      name: 'pickling',
      pool: 'solo',
      args: ['--', 'task.serializer=pickle'],
    });
    const value = await until('the worker answers', async () => {
      const ticket = randomUUID();
      // A worker calls itself ready a moment before it opens its mailbox.
      const took = await asked.box.ask(command('ping'), ticket, inAMinute());
      return took ? (await asked.count(ticket, 1))[worker.hostname] : null;
    });
    assert.deepEqual(value, { error: 'answered in pickle, which is not decoded' });
    await redis.cli(['lpush', `${oid}.reply.celery.pidbox`, reply('y', 'w@y:\n  ok: pong\n', 'application/x-yaml')]);
    assert.deepEqual(await asked.count('y', 1), { 'w@y': { error: 'answered in yaml, which is not decoded' } });
    await session.close();
  });

  labTest('come from all Celerys, also after the database was emptied, under every option', async (lab) => {
    const redis = await lab.redis();
    const transportOptions = { global_keyprefix: 'shop:', sep: ':', priority_steps: [0, 5], fanout_prefix: '/own.' };
    const broker = { ...redis, transportOptions };
    await lab.worker({ broker, name: 'old', celery: '5.2' });
    await lab.worker({ broker, name: 'new', celery: '5.7' });
    const { session, asked } = await open(connectionTo(broker));
    await until('both answer', async () => (await asked.box.ask(command('ping'), 'both', inAMinute())) === 2);
    assert.deepEqual(Object.keys(await asked.count('both', 2)).sort(), ['new@lab', 'old@lab']);
    assert.deepEqual(await session.mailboxNames(), ['new@lab', 'old@lab']);
    assert.deepEqual(await session.queueNames(), ['default', 'emails', 'priority']);

    for (const [index, priority] of [0, 4, 5, 9].entries()) {
      const sent = order({ priority, queue: 'default', args: [index] });
      await session.publish(taskMessage(sent, Date.now()));
      await session.event((event) => event.type === 'task-succeeded' && event['uuid'] === sent.id);
    }
    for (const priority of [0, 4, 5, 9])
      await session.publish(taskMessage(order({ priority, queue: 'later' }), Date.now()));
    assert.deepEqual((await session.queueDepths(['later']))[0]?.byPriority, { 0: 2, 5: 2 });
    assert.equal(await redis.cli(['llen', 'shop:later:5']), '2');
    assert.equal(await session.purge('later'), 4);

    await redis.cli(['flushall']);
    await asked.box.ask(command('ping'), 'again', inAMinute());
    await asked.count('again', 2);
    await session.close();
    assert.equal(await redis.cli(['keys', '*reply*']), '');
  });

  labTest('still come after kombu 5.7 has swept up the bindings that nobody uses', async (lab) => {
    const redis = await lab.redis();
    await lab.worker({ broker: redis, name: 'w', celery: '5.7', pool: 'solo' });
    const overdue = () => redis.cli(['zadd', '_kombu.binding_deadlines', '1', 'reply.celery.pidbox']);
    const sweep = 'from lab_app import app\nwith app.connection() as c: print(c.default_channel.sweep_bindings())';
    const swept = async (): Promise<string> => {
      const { stdout, stderr } = await lab.python({ broker: redis, celery: '5.7', code: sweep });
      assert.equal(stderr, '');
      return stdout.trim();
    };
    const { session, asked } = await open(connectionTo(redis));
    assert.equal(await redis.cli(['exists', '_kombu.binding_deadlines']), '1', 'the worker has deadlines of its own');
    await until('it answers', async () => (await asked.box.ask(command('ping'), 'before', inAMinute())) === 1);
    await overdue();
    await asked.box.ask(command('ping'), 'in use', inAMinute());
    await asked.count('in use', 1);
    assert.equal(await swept(), '0');
    assert.equal((await bindings(redis)).length, 1);
    await overdue();
    assert.equal(await swept(), '1');
    assert.deepEqual(await bindings(redis), []);
    await asked.box.ask(command('ping'), 'swept', inAMinute());
    await asked.count('swept', 1);
    await session.close();
    assert.deepEqual(await bindings(redis), []);
  });

  labTest('end the session when their connection is cut, and leave nothing', async (lab) => {
    const redis = await lab.redis();
    const { session, asked } = await open(connectionTo(redis));
    await asked.box.ask(command('ping'), 'x', inAMinute());
    const waiting = (await redis.cli(['client', 'list'])).split('\n').find((line) => line.includes('cmd=brpop'));
    await redis.cli(['client', 'kill', 'id', /\bid=(\d+)/.exec(waiting ?? '')?.[1] ?? '']);
    assert.match((await session.ended)?.message ?? '', /was lost/);
    await assert.rejects(asked.box.ask(command('ping'), 'y', inAMinute()), { code: 'brokerUnreachable' });
    await until('the binding is gone', async () => (await redis.cli(['keys', '*'])) === '');
  });

  it('end the session when Redis no longer answers on their connection', { timeout: 30_000 }, async (t) => {
    const redis = await startFakeRedis((name) => (name === 'BRPOP' ? null : undefined));
    t.after(() => redis.close());
    const { session } = await open(connectionTo(redis));
    const since = performance.now();
    assert.match((await session.ended)?.message ?? '', /silent for \d+ s/);
    assert.ok(performance.now() - since < 15_000);
  });

  for (const { title, rules, sentence } of [
    { title: 'BRPOP', rules: '~* &* +@all -brpop', sentence: /may not run brpop.*ACL SETUSER watcher \+brpop/ },
    { title: 'SADD', rules: '~* &* +@all -sadd', sentence: /may not run sadd.*\+sadd/ },
    {
      title: 'the keys of the replies',
      rules: 'resetkeys ~other &* +@all',
      sentence: /may not use the keys \*\.reply\.celery\.pidbox\*.*~\*\.reply/,
    },
  ]) {
    labTest(`need the right to use ${title}, and say so`, async (lab) => {
      const redis = await lab.redis({ user: { name: 'watcher', password: 'secret', rules } });
      const session = await openRecorded(createBroker(connectionTo(redis)));
      await assert.rejects(collectReplies(session), { code: 'brokerPermission', message: sentence });
      await redis.cli(['publish', '/0.celeryev/x', 'still here']);
      await session.raw('still here');
      await session.close();
      assert.equal(await redis.cli(['keys', '*']), '');
    });
  }
});

describe('queues over Redis', () => {
  labTest('show what workers hold, by queue, whether running or waiting for its time', async (lab) => {
    const redis = await lab.redis();
    await lab.worker({ broker: redis, name: 'holding', queues: ['default', 'priority'] });
    const session = await openRecorded(createBroker(connectionTo(redis)));
    const eta = new Date(Date.now() + 3_600_000).toISOString();
    for (const queue of ['default', 'default', 'priority'])
      await session.publish(taskMessage(order({ eta, queue }), Date.now()));
    await lab.send({
      broker: redis,
      task: 'lab.echo',
      options: { eta, exchange: 'priority', routing_key: 'priority' },
    });
    await session.count(4, (event) => event.type === 'task-received');
    const depths = await session.queueDepths(['default', 'priority', 'emails']);
    assert.deepEqual(
      depths.map(({ name, ready, unacked }) => ({ name, ready, unacked })),
      [
        { name: 'default', ready: 0, unacked: 2 },
        { name: 'priority', ready: 0, unacked: 2 },
        { name: 'emails', ready: 0, unacked: 0 },
      ],
    );
    await redis.cli(['hset', 'unacked', 'tag', JSON.stringify([{ body: '' }, '', 'drained'])]);
    assert.equal((await session.queueDepths(['drained']))[0]?.exists, true);
    await redis.cli(['eval', "for i = 1, 20001 do redis.call('hset', 'unacked', i, 'x') end", '0']);
    assert.equal((await session.queueDepths(['default']))[0]?.unacked, null);
    await session.close();
  });

  labTest('get a task by an exchange as kombu routes it, and none by one that leads nowhere', async (lab) => {
    const redis = await lab.redis();
    const bind = (exchange: string, ...row: string[]) =>
      redis.cli(['sadd', `_kombu.binding.${exchange}`, row.join(sep)]);
    await bind('direct', 'a', '', 'first');
    await bind('direct', 'a', '', 'second');
    await bind('direct', 'b', '', 'third');
    await bind('topic', 'new-order.*', '^new\\-order\\..*?[^\\.]$', 'orders');
    await bind('fan', '', '', 'bcast.1');
    const session = await openRecorded(createBroker(connectionTo(redis)));
    const send = (exchange: string, routingKey: string) =>
      session.publish(taskMessage(order({ exchange, routingKey, queue: 'x' }), Date.now()));
    await send('direct', 'a');
    await send('topic', 'new-order.paid');
    await assert.rejects(send('direct', 'c'), {
      code: 'notFound',
      message: /"direct" .*"c".* Existing routing keys: a, b\./,
    });
    await assert.rejects(send('topic', 'order.paid'), { code: 'notFound' });
    await assert.rejects(send('fan', ''), { code: 'unsupported', message: /fanout/ });
    const depths = await session.queueDepths(['first', 'second', 'third', 'orders', 'x', 'bcast.1']);
    assert.deepEqual(
      depths.map(({ ready }) => ready),
      [1, 1, 0, 1, 0, 0],
    );
    await session.close();
  });

  labTest('are not confused with what else has their names', async (lab) => {
    const redis = await lab.redis();
    await redis.cli(['sadd', 'other', 'valuable']);
    await redis.cli(['set', '_kombu.binding.text', 'x']);
    const session = await openRecorded(createBroker(connectionTo(redis)));
    await session.publish(taskMessage(order({ queue: 'q' }), Date.now()));
    const depths = await session.queueDepths(['other', 'q', 'text']);
    assert.deepEqual(
      depths.map(({ exists, ready }) => ({ exists, ready })),
      [
        { exists: false, ready: 0 },
        { exists: true, ready: 1 },
        { exists: false, ready: 0 },
      ],
    );
    assert.deepEqual(await session.queueNames(), []);
    await assert.rejects(session.purge('other'), { code: 'badRequest', message: /not a Celery queue/ });
    await assert.rejects(session.publish(taskMessage(order({ queue: 'other' }), Date.now())), { code: 'badRequest' });
    assert.equal(await redis.cli(['smembers', 'other']), 'valuable');
    await session.close();
  });

  labTest('are ten thousand in about a second', async (lab) => {
    const redis = await lab.redis();
    const fill = `for i = 1, 10000 do
      redis.call('lpush', 'queue' .. i, 'x')
      redis.call('lpush', 'queue' .. i .. ARGV[1] .. '6', 'x')
      redis.call('sadd', '_kombu.binding.queue' .. i, 'queue' .. i .. ARGV[1] .. ARGV[1] .. 'queue' .. i)
    end`;
    await redis.cli(['eval', fill, '0', sep]);
    const session = await openRecorded(createBroker(connectionTo(redis)));
    const since = performance.now();
    const names = await session.queueNames();
    const named = performance.now();
    assert.equal(names?.length, 10_000);
    const depths = await session.queueDepths(names);
    const done = performance.now();
    assert.ok(depths.every(({ ready, byPriority }) => ready === 2 && byPriority?.['6'] === 1));
    console.log(`10,000 names in ${Math.round(named - since)} ms, depths in ${Math.round(done - named)} ms`);
    await session.close();
  });

  for (const { title, rules, act, sentence } of [
    { title: 'EXISTS', rules: '-exists', act: 'queueDepths', sentence: /may not run exists/ },
    { title: 'LLEN', rules: '-llen', act: 'queueDepths', sentence: /may not run llen/ },
    { title: 'SCAN', rules: '-scan', act: 'queueNames', sentence: /may not run scan/ },
    { title: 'SMEMBERS', rules: '-smembers', act: 'mailboxNames', sentence: /may not run smembers/ },
    { title: 'LTRIM', rules: '-ltrim', act: 'purge', sentence: /may not run ltrim/ },
    { title: 'LPUSH', rules: '-lpush', act: 'publish', sentence: /may not run lpush/ },
    { title: 'the keys', rules: 'resetkeys ~other', act: 'publish', sentence: /may not use the keys q\*.*~q\*/ },
  ] as const) {
    labTest(`need the right to use ${title} for ${act}, and say so`, async (lab) => {
      const user = { name: 'watcher', password: 'secret', rules: `~* &* +@all ${rules}` };
      const redis = await lab.redis({ user });
      const session = await openRecorded(createBroker(connectionTo(redis)));
      const acts = {
        // Only a queue in which something waits has a length to ask for.
        queueDepths: () => session.queueDepths(['q']),
        queueNames: () => session.queueNames(),
        mailboxNames: () => session.mailboxNames(),
        purge: () => session.purge('q'),
        publish: () => session.publish(taskMessage(order({ queue: 'q' }), Date.now())),
      };
      if (act === 'queueDepths') await acts.publish();
      await assert.rejects(acts[act](), { code: 'brokerPermission', message: sentence });
      await session.close();
    });
  }
});
