import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const heartbeat = { method: 'heartbeat', arguments: {}, destination: null, pattern: null, matcher: null };

describe('the names that kombu gives to channels', () => {
  labTest('are found under every option that changes them, and only those of our own workers', async (lab) => {
    const redis = await lab.redis();
    const variants = [
      { db: 0, options: {} },
      { db: 3, options: {} },
      { db: 0, options: { global_keyprefix: 'shop:' } },
      { db: 0, options: { fanout_prefix: '/{db}-own.' } },
      { db: 0, options: { fanout_prefix: false } },
      { db: 4, options: { fanout_patterns: false } },
      {
        db: 5,
        options: {
          global_keyprefix: 'x',
          fanout_prefix: '/y{db}.',
          fanout_patterns: false,
          sep: ':',
          priority_steps: [0, 5],
        },
      },
    ].map(({ db, options }, index) => ({
      name: `variant${index}`,
      broker: { ...redis, url: redis.url.replace(/\/0$/, `/${db}`), transportOptions: options },
    }));
    const sessions = await Promise.all(variants.map(({ broker }) => openRecorded(createBroker(connectionTo(broker)))));
    for (const [index, { name, broker }] of variants.entries()) {
      const session = sessions[index];
      assert.ok(session);
      const worker = await lab.worker({ broker, name, pool: 'solo' });
      await session.event((event) => event.type === 'worker-online' && event.hostname === worker.hostname);
      const mailbox = `the mailbox under ${JSON.stringify(broker.transportOptions)} is open`;
      await until(mailbox, async () => (await session.broadcast(heartbeat)) === 1);
      await session.event((event) => event.hostname === worker.hostname && event['freq'] === 5);
      await worker.kill();
    }
    for (const [index, session] of sessions.entries()) {
      assert.deepEqual([...session.hostnames], [`variant${index}@lab`]);
      await session.close();
    }
  });

  labTest('are heard when a prefix has wildcards in it, and nobody else is', async (lab) => {
    const redis = await lab.redis();
    const broker = { ...redis, transportOptions: { global_keyprefix: 'shop[1]*' } };
    const session = await openRecorded(createBroker(connectionTo(broker)));
    const publish = (channel: string, text: string) => redis.cli(['publish', channel, text]);
    assert.equal(await publish('shop1 too/0.celeryev/x', 'another'), '0');
    assert.equal(await publish('shop[1]*/0.celeryev/x', 'ours'), '1');
    await session.raw('ours');
    await session.close();
  });
});
