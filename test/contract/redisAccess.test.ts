import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import type { LabRedis } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const heartbeat = { method: 'heartbeat', arguments: {}, destination: null, pattern: null, matcher: null };

/** Connects, hears one message that was published for it, and tells nobody took its broadcast. */
const works = async (config: ConnectionConfig, redis: LabRedis): Promise<void> => {
  const session = await openRecorded(createBroker(config));
  try {
    await redis.cli(['publish', '/0.celeryev/task.sent', 'hello']);
    await session.raw('hello');
    assert.equal(await session.broadcast(heartbeat), 0);
  } finally {
    await session.close();
  }
};

const refuses = async (config: ConnectionConfig, code: ErrorCode, sentence: RegExp): Promise<void> => {
  const error = await openRecorded(createBroker(config)).then(
    (session) => session.close().then(() => assert.fail('it connected')),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CeleriacError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
};

const without = (url: string, ...names: readonly string[]): string => {
  const [address = '', query = ''] = url.split('?');
  const kept = [...new URLSearchParams(query)].filter(([name]) => !names.includes(name));
  return `${address}?${new URLSearchParams(kept)}`;
};

describe('the ways to a Redis', () => {
  labTest('through a socket file, with a password', async (lab) => {
    const redis = await lab.redis({ unixSocket: true, password: 'a/b+c@' });
    await works(connectionTo(redis), redis);
  });

  labTest('through TLS, checking the certificate by the URL or by the connection, or not at all', async (lab) => {
    const redis = await lab.redis({ tls: true });
    const config = connectionTo(redis);
    await works(config, redis);
    const bare = without(redis.url, 'ssl_ca_certs', 'ssl_cert_reqs');
    await works({ ...config, url: bare, tls: { caFile: redis.caFile ?? '' } }, redis);
    await works({ ...config, url: bare.replace('rediss:', 'redis:'), tls: { caFile: redis.caFile ?? '' } }, redis);
    await works({ ...config, url: `${bare}ssl_cert_reqs=CERT_NONE` }, redis);
    await works({ ...config, url: bare, tls: { verify: false } }, redis);
    await refuses({ ...config, url: bare }, 'brokerTls', /not signed by a CA that this machine trusts/);
    await refuses(
      { ...config, url: `${bare}ssl_ca_certs=/no/such.pem` },
      'brokerTls',
      /\/no\/such\.pem cannot be read/,
    );
  });

  labTest('through TLS with a client certificate, which it asks for', async (lab) => {
    const redis = await lab.redis({ tls: 'mutual' });
    const config = connectionTo(redis);
    await works(config, redis);
    const bare = without(redis.url, 'ssl_certfile', 'ssl_keyfile');
    await works({ ...config, url: bare, tls: { certFile: redis.certFile ?? '', keyFile: redis.keyFile ?? '' } }, redis);
    await refuses({ ...config, url: bare }, 'brokerTls', /refused the client certificate/);
  });

  labTest('as a user who may do no more than what is needed', async (lab) => {
    const rules = 'resetkeys resetchannels &/0.celeryev/* &/0.celery.pidbox -@all +ping +select +psubscribe +publish';
    const redis = await lab.redis({ user: { name: 'watcher', password: 'p%:ss', rules } });
    const session = await openRecorded(createBroker(connectionTo(redis)));
    assert.equal(session.server.product, 'Redis');
    await session.close();
    await works(connectionTo(redis), redis);
  });

  for (const { title, rules, sentence } of [
    {
      title: 'the command PSUBSCRIBE',
      rules: '~* &* +@all -psubscribe',
      sentence: /may not run psubscribe.*\+psubscribe/,
    },
    {
      title: 'the event channel',
      rules: '~* resetchannels &/0.celery.pidbox +@all',
      sentence: /subscribe to \/0\.celeryev\/\*.*&\/0\.celeryev\/\*/,
    },
    { title: 'the command PING', rules: '~* &* +@all -ping', sentence: /may not run ping/ },
  ]) {
    labTest(`not as a user who lacks ${title}, and says so`, async (lab) => {
      const redis = await lab.redis({ user: { name: 'watcher', password: 'secret', rules } });
      await refuses(connectionTo(redis), 'brokerPermission', sentence);
    });
  }

  labTest('names the right that a broadcast lacks, and goes on listening', async (lab) => {
    const redis = await lab.redis({
      user: { name: 'watcher', password: 'secret', rules: '~* resetchannels &/0.celeryev/* +@all' },
    });
    const session = await openRecorded(createBroker(connectionTo(redis)));
    await assert.rejects(session.broadcast(heartbeat), {
      code: 'brokerPermission',
      message: /publish to \/0\.celery\.pidbox/,
    });
    await redis.cli(['publish', '/0.celeryev/x', 'still here']);
    await session.raw('still here');
    await session.close();
  });

  labTest('at the next address when the first does not answer', async (lab) => {
    const redis = await lab.redis();
    await works({ ...connectionTo(redis), url: `redis://127.0.0.1:1/0;${redis.url}` }, redis);
  });

  labTest('with a password that the server does not ask for', async (lab) => {
    const redis = await lab.redis();
    const url = redis.url.replace('redis://', 'redis://:needless@');
    await works({ ...connectionTo(redis), url }, redis);
  });
});
