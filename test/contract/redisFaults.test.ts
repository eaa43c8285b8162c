import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { type LabRedis, until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded, type RecordedSession } from './recordedSession.ts';

const endOf = async (session: RecordedSession): Promise<CeleriacError> => {
  const error = await session.ended;
  assert.ok(error instanceof CeleriacError, String(error));
  return error;
};

/** Publishes ten large messages. */
const flood = (redis: LabRedis): Promise<string> =>
  redis.cli(['eval', "for i = 1, 10 do redis.call('publish', '/0.celeryev/x', string.rep('x', 99999)) end", '0']);

const via = (config: ConnectionConfig, port: number, proxyPort: number): ConnectionConfig => ({
  ...config,
  url: config.url.replace(String(port), String(proxyPort)),
});

describe('what can happen to a session with Redis', () => {
  labTest('a killed subscriber ends it, and nothing is called lost', async (lab) => {
    const redis = await lab.redis();
    const session = await openRecorded(createBroker(connectionTo(redis)));
    await redis.cli(['client', 'kill', 'type', 'pubsub']);
    const error = await endOf(session);
    assert.equal(error.code, 'brokerUnreachable');
    assert.match(error.message, /was lost/);
    assert.deepEqual(session.losses, []);
  });

  labTest('a subscriber that Redis cut off for reading too slowly ends it, and the loss is told', async (lab) => {
    const redis = await lab.redis({ config: { 'client-output-buffer-limit': 'pubsub 1mb 1mb 0' } });
    const proxy = await lab.proxy(redis);
    const session = await openRecorded(createBroker(via(connectionTo(redis), redis.port, proxy.port)));
    proxy.stall();
    await until('Redis has cut off the subscriber', async () => {
      await flood(redis);
      return /closed .*for overcoming of output buffer limits/.test(redis.output());
    });
    proxy.resume();
    const error = await endOf(session);
    assert.match(error.message, /events arrived? faster than (they can be read|Celeriac could read them)/);
    assert.equal(session.losses.length, 1);
  });

  labTest('a cut and a reset connection end it at once', async (lab) => {
    const redis = await lab.redis();
    const proxy = await lab.proxy(redis);
    const config = via(connectionTo(redis), redis.port, proxy.port);
    for (const harm of [proxy.cut, proxy.reset]) {
      const session = await openRecorded(createBroker(config));
      harm();
      assert.equal((await endOf(session)).code, 'brokerUnreachable');
    }
  });

  labTest(
    'a server that hangs while events still wait in the socket is noticed, and none of those is missed',
    async (lab) => {
      const redis = await lab.redis();
      const session = await openRecorded(createBroker(connectionTo(redis)));
      await redis.cli(['publish', '/0.celeryev/x', 'before']);
      redis.pause();
      const since = performance.now();
      assert.match((await endOf(session)).message, /silent for \d+ s/);
      assert.ok(performance.now() - since < 15_000);
      await session.raw('before');
      redis.resume();
    },
  );

  labTest('a server that is slow but alive is not taken for dead', async (lab) => {
    const redis = await lab.redis();
    const proxy = await lab.proxy(redis);
    const session = await openRecorded(createBroker(via(connectionTo(redis), redis.port, proxy.port)));
    proxy.delayMs(1_000);
    const first = await Promise.race([session.ended.then(() => 'ended'), slowly(session, redis)]);
    assert.equal(first, 'alive');
    await session.close();
  });

  labTest('a failover ends it, and the next one is with the new master', async (lab) => {
    const sentinel = await lab.sentinel({ password: 'of-the-master' });
    const broker = createBroker({
      ...connectionTo(sentinel),
      transportOptions: { ...sentinel.transportOptions, sentinel_kwargs: { password: 'of-the-master' } },
    });
    const session = await openRecorded(broker);
    const [newPort] = await Promise.all([sentinel.failover(), endOf(session)]);
    const next = await until('the sentinels lead to the new master', () => openRecorded(broker), 30_000, 250);
    const master = sentinel.nodes.find(({ port }) => port === newPort);
    await master?.cli(['publish', '/0.celeryev/x', 'from the new master']);
    await next.raw('from the new master');
    await next.close();
  });

  labTest('a name that the sentinels do not know is told, even when some of them do not answer', async (lab) => {
    const sentinel = await lab.sentinel({ sentinels: 1 });
    const url = `sentinel://127.0.0.1:1/0;${sentinel.url}`;
    const config = { ...connectionTo(sentinel), url, transportOptions: { master_name: 'nobody' } };
    await assert.rejects(openRecorded(createBroker(config)), {
      code: 'brokerMissing',
      message: /no master named "nobody"/,
    });
    const [redis] = sentinel.nodes;
    const wrongPort = { ...connectionTo(sentinel), url: `sentinel://127.0.0.1:${redis.port}/0` };
    await assert.rejects(openRecorded(createBroker(wrongPort)), { message: /is a Redis, not a sentinel/ });
  });
});

/** Hears a message every half second for longer than a dead connection would take to be noticed. */
const slowly = async (session: RecordedSession, redis: LabRedis): Promise<string> => {
  for (let second = 0; second < 14; second++) {
    await redis.cli(['publish', '/0.celeryev/x', `number ${second}`]);
    await session.raw(`number ${second}`);
  }
  return 'alive';
};
