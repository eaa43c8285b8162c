import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../server/api/errors.ts';
import { createResultReader } from '../../server/results/createResultReader.ts';
import { freePort } from '../lab/freePort.ts';
import { until } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { startMuteServer } from './muteServer.ts';

const password = 'p@ss/w:rd#1';
const entry = (status: string): string => JSON.stringify({ status, result: 1, task_id: 't1' });
const key = 'celery-task-meta-t1';

const failsWith = (code: ErrorCode, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CeleriacError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, /^The result backend cannot be read\. /);
  assert.match(error.message, sentence);
  assert.doesNotMatch(error.message, /broker|p@ss|wrong-secret/);
  return true;
};

describe('results in a Redis', { timeout: 120_000 }, () => {
  labTest('are read with password, TLS, a socket file, another database and a sentinel', async (lab) => {
    const [plain, tls, socket, sentinel] = await Promise.all([
      lab.redis({ password }),
      lab.redis({ tls: 'mutual' }),
      lab.redis({ unixSocket: true }),
      lab.sentinel({ sentinels: 1 }),
    ]);
    await plain.cli(['-n', '3', 'set', key, entry('SUCCESS')]);
    await Promise.all([tls, socket, sentinel.nodes[0]].map((redis) => redis.cli(['set', key, entry('SUCCESS')])));
    const { caFile, certFile, keyFile } = tls;
    const places = [
      { url: plain.url.replace(/\/0$/, '/3') },
      { url: plain.url.replace(/\/0$/, '?db=3') },
      { url: tls.url },
      {
        url: tls.url.replace(/\?.*/, ''),
        tls: { ...(caFile && certFile && keyFile ? { caFile, certFile, keyFile } : {}) },
      },
      { url: socket.url },
      { url: sentinel.url, transportOptions: sentinel.transportOptions },
    ];
    for (const place of places) {
      const reader = createResultReader(place);
      assert.equal((await reader.get('t1')).status, 'SUCCESS', reader.maskedUrl);
      assert.equal((await reader.wait('t1', { timeoutMs: 5_000 })).status, 'SUCCESS', reader.maskedUrl);
      await reader.close();
    }
  });

  labTest('that cannot be reached or refuses us are an error with its reason', async (lab) => {
    const [{ host, port, cli }, mute] = await Promise.all([
      lab.redis({ user: { name: 'reader', password, rules: '~* resetchannels +@connection +get +ping +select' } }),
      startMuteServer(),
    ]);
    const login = `reader:${encodeURIComponent(password)}@`;
    const get = async (url: string) => {
      const reader = createResultReader({ url });
      return reader.get('t1').finally(() => reader.close());
    };
    await assert.rejects(
      get(`redis://reader:wrong-secret@${host}:${port}/0`),
      failsWith('brokerAuth', /refused the password of the user "reader"/),
    );
    await assert.rejects(get(`redis://${host}:${port}/0`), failsWith('brokerAuth', /requires a password/));
    await assert.rejects(get(`redis://${login}${host}:${port}/99`), failsWith('brokerMissing', /no database 99/));
    await assert.rejects(
      get(`redis://${host}:${await freePort()}/0`),
      failsWith('brokerUnreachable', /Connection refused/),
    );
    await assert.rejects(
      get(`redis://${login}${host}:${port}/0`),
      failsWith('brokerPermission', /may not run getrange.*\+getrange/),
    );
    await cli(['acl', 'setuser', 'reader', '+getrange', '+subscribe']);
    assert.equal((await get(`redis://${login}${host}:${port}/0`)).found, false);
    const reader = createResultReader({ url: `redis://${login}${host}:${port}/0` });
    await assert.rejects(
      reader.wait('t1', { timeoutMs: 1_000 }),
      failsWith('brokerPermission', /may not subscribe to celery-task-meta-t1.*&celery-task-meta-t1/),
    );
    await reader.close();
    const cancel = AbortSignal.timeout(200);
    await assert.rejects(createResultReader({ url: `redis://127.0.0.1:${mute.port}/0` }).get('t1', cancel), {
      code: 'cancelled',
    });
    await mute.close();
  });

  labTest('are waited for across a restart of Redis', async (lab) => {
    const redis = await lab.redis();
    const reader = createResultReader({ url: redis.url });
    await redis.cli(['set', key, entry('STARTED')]);
    const states: string[] = [];
    const end = reader.wait('t1', { timeoutMs: 30_000, onUpdate: ({ status }) => states.push(status) });
    await until('the wait has begun', () => states.length === 1);
    await redis.kill();
    await redis.start();
    await until('the wait listens again', async () => (await redis.cli(['pubsub', 'channels'])).includes(key));
    await redis.cli(['set', key, entry('SUCCESS')]);
    await redis.cli(['publish', key, 'x']);
    assert.equal((await end).status, 'SUCCESS');
    assert.equal((await reader.get('t1')).status, 'SUCCESS');
    await reader.close();
  });

  labTest('are read again after a connection that was cut between two calls', async (lab) => {
    const redis = await lab.redis();
    const reader = createResultReader({ url: redis.url });
    await reader.get('t1');
    await redis.cli(['client', 'kill', 'type', 'normal']);
    await redis.cli(['set', key, entry('SUCCESS')]);
    assert.equal((await reader.get('t1')).status, 'SUCCESS');
    await redis.kill();
    await assert.rejects(reader.get('t1'), failsWith('brokerUnreachable', /Connection refused|was cut/));
    await reader.close();
  });

  labTest('are asked for again when the connection is cut under the question', async (lab) => {
    const redis = await lab.redis();
    await redis.cli(['set', key, entry('SUCCESS')]);
    const proxy = await lab.proxy(redis);
    const reader = createResultReader({ url: redis.url.replace(String(redis.port), String(proxy.port)) });
    await reader.get('t1');
    proxy.stall();
    const asked = reader.get('t1');
    await new Promise((resolve) => setImmediate(resolve));
    proxy.cut();
    proxy.resume();
    assert.equal((await asked).status, 'SUCCESS');
    await reader.close();
  });

  labTest('leave no connection behind', async (lab) => {
    const redis = await lab.redis();
    const reader = createResultReader({ url: redis.url });
    const clients = async () => (await redis.cli(['client', 'list'])).split('\n').length - 1;
    const cancel = new AbortController();
    const longest = reader.wait('t0', { timeoutMs: 60_000, signal: cancel.signal });
    await Promise.allSettled([1, 2, 3].map((n) => reader.wait(`t${n}`, { timeoutMs: 500 })));
    const listening = 'celery-task-meta-t0';
    await until('only one is waited for', async () => (await redis.cli(['pubsub', 'channels'])) === listening);
    cancel.abort();
    await assert.rejects(longest, { code: 'cancelled' });
    await until('the subscription is gone', async () => (await clients()) === 1);
    await reader.close();
    await until('all are gone', async () => (await clients()) === 0);
  });

  labTest('are counted, not read, when they are too large or too many', async (lab) => {
    const redis = await lab.redis();
    const reader = createResultReader({ url: redis.url });
    await redis.cli(['eval', "redis.call('set', KEYS[1], string.rep('x', 17000000))", '1', key]);
    const { result } = await reader.get('t1');
    assert.ok(result.kind === 'opaque' && /It has 1\d(?:\.\d)? MiB/.test(result.sentence));
    const fill = "for i = 1, 1500 do redis.call('rpush', KEYS[1], '[1, \"t' .. i .. '\", \"SUCCESS\", 1]') end";
    await redis.cli(['eval', fill, '1', 'celery-taskset-meta-c.j']);
    await redis.cli(['mset', 'celery-taskset-meta-c.s', '2000', 'celery-taskset-meta-c.t', '5']);
    const chord = await reader.chord('c');
    assert.deepEqual([chord?.finished, chord?.total, chord?.taskIds], [1500, 2005, []]);
    assert.match(chord?.sentence ?? '', /too many/);
    await redis.cli(['ltrim', 'celery-taskset-meta-c.j', '0', '9']);
    assert.deepEqual((await reader.chord('c'))?.byStatus, { SUCCESS: 10 });
    await reader.close();
  });
});
