import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { connectionTo } from './connectionTo.ts';
import { bulk, type FakeRedis, startFakeRedis } from './fakeRedis.ts';
import { openRecorded } from './recordedSession.ts';

const fake = async (t: TestContext, replies: Readonly<Record<string, string>>): Promise<FakeRedis> => {
  const redis = await startFakeRedis((name, [section]) => replies[`${name} ${section}`] ?? replies[name]);
  t.after(() => redis.close());
  return redis;
};

const noPermission = "-NOPERM this user has no permissions to run the 'info' command\r\n";

describe('servers that are like Redis', () => {
  for (const { title, replies, server } of [
    {
      title: 'Valkey by its INFO',
      replies: {
        'INFO server': bulk('# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.0\r\n'),
      },
      server: { product: 'Valkey', version: '8.1.0' },
    },
    {
      title: 'Dragonfly by its INFO',
      replies: { 'INFO server': bulk('# Server\r\nredis_version:7.4.0\r\ndragonfly_version:df-v1.30.0\r\n') },
      server: { product: 'Dragonfly', version: '1.30.0' },
    },
    {
      title: 'a Redis that forbids INFO by its HELLO',
      replies: {
        INFO: noPermission,
        HELLO: `*4\r\n${bulk('server')}${bulk('redis')}${bulk('version')}${bulk('6.2.1')}`,
      },
      server: { product: 'Redis', version: '6.2.1' },
    },
    {
      title: 'a Redis that forbids both by nothing',
      replies: { INFO: noPermission, HELLO: '-NOPERM\r\n' },
      server: { product: 'Redis', version: null },
    },
  ]) {
    it(`are told apart: ${title}`, async (t) => {
      const redis = await fake(t, replies);
      const session = await openRecorded(createBroker(connectionTo(redis)));
      assert.deepEqual(session.server, server);
      await session.close();
    });
  }

  it('are believed when they say that they cut us off for reading too slowly (Redis 7.2 and later)', async (t) => {
    let cutOffs = 3;
    const redis = await startFakeRedis((name, [section]) =>
      name === 'INFO' && section === 'stats'
        ? bulk(`client_output_buffer_limit_disconnections:${cutOffs}\r\n`)
        : undefined,
    );
    t.after(() => redis.close());
    const session = await openRecorded(createBroker(connectionTo(redis)));
    cutOffs += 1;
    redis.cutSubscribers();
    assert.match((await session.ended)?.message ?? '', /because events arrived faster/);
    assert.equal(session.losses.length, 1);
  });

  for (const [reply, code, words] of [
    ['-LOADING Redis is loading the dataset in memory\r\n', 'brokerUnreachable', /is not ready: LOADING/],
    ['-ERR max number of clients reached\r\n', 'brokerUnreachable', /max number of clients/],
    ['-NOAUTH Authentication required.\r\n', 'brokerAuth', /requires a password/],
    ['-ERR operation not permitted\r\n', 'brokerAuth', /requires a password/],
    ['-ERR invalid password\r\n', 'brokerAuth', /refused the password/],
    ['-SOMETHING else\r\n', 'brokerProtocol', /SOMETHING else/],
  ] as const) {
    it(`may answer ${reply.trim()}, which is explained`, async (t) => {
      const redis = await fake(t, { PING: reply });
      await assert.rejects(openRecorded(createBroker(connectionTo(redis))), { code, message: words });
    });
  }

  it('may turn out to be no Redis at all', async (t) => {
    const redis = await fake(t, { PING: 'HTTP/1.1 400 Bad Request\r\n\r\n' });
    await assert.rejects(openRecorded(createBroker(connectionTo(redis))), { code: 'brokerProtocol' });
  });

  it('are taken for dead when one of the two connections is, though events still come on the other', async (t) => {
    let isConnected = false;
    const redis = await startFakeRedis((name, _args, isSubscriber) =>
      name === 'PING' && isConnected && !isSubscriber ? null : undefined,
    );
    t.after(() => redis.close());
    const session = await openRecorded(createBroker(connectionTo(redis)));
    isConnected = true;
    const since = performance.now();
    assert.match((await session.ended)?.message ?? '', /silent for \d+ s/);
    assert.ok(performance.now() - since < 15_000);
  });

  it('are not used as the master while they are a replica, whatever a sentinel says', async (t) => {
    const replica = await fake(t, { 'INFO replication': bulk('# Replication\r\nrole:slave\r\n') });
    const sentinel = await fake(t, { SENTINEL: `*2\r\n${bulk('127.0.0.1')}${bulk(String(replica.port))}` });
    const url = `sentinel://127.0.0.1:${sentinel.port}/0`;
    const broker = createBroker(connectionTo({ url, transportOptions: { master_name: 'main' } }));
    await assert.rejects(openRecorded(broker), { code: 'brokerUnreachable', message: /not the master yet/ });
  });
});
