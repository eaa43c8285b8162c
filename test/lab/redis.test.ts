import assert from 'node:assert/strict';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Broker, Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';
import { processState } from './processes.ts';

const lab = await Lab.open();
after(() => lab.close());

const user = { name: 'shop', password: 'p@ss:w/rd', rules: '~* &* +@all' };
const shapes: [string, Parameters<Lab['redis']>[0], RegExp][] = [
  ['a password', { password: 's3cret/with?signs' }, /^redis:\/\/:/],
  ['an ACL user', { user }, /^redis:\/\/shop:p%40ss%3Aw%2Frd@/],
  ['TLS', { tls: true }, /^rediss:.*ssl_ca_certs=/],
  ['TLS and client certificates', { tls: 'mutual' }, /^rediss:.*ssl_certfile=/],
  ['a unix socket', { unixSocket: true }, /^redis\+socket:\/\/\/.*\.sock\?virtual_host=0$/],
];

for (const [what, options, url] of shapes) {
  labTest(`Celery reaches a Redis with ${what} by its URL alone`, async () => {
    const redis = await lab.redis(options);
    assert.match(redis.url, url);
    await sendsOne(redis);
    assert.equal(await redis.cli(['llen', 'priority']), '1');
  });
}

labTest('a Redis with a password refuses those who do not have it', async () => {
  const redis = await lab.redis({ password: 'secret' });
  await assert.rejects(connects(`redis://:wrong@127.0.0.1:${redis.port}/0`), /WRONGPASS|invalid (username|password)/i);
});

labTest('a Redis with an ACL user lets nobody else in, and holds the user to the rules', async () => {
  const redis = await lab.redis({ user: { ...user, rules: '~allowed &* +@all' } });
  await assert.rejects(connects(`redis://127.0.0.1:${redis.port}/0`), /Authentication required|NOAUTH/i);
  await assert.rejects(sendsOne(redis), /NOPERM|No permissions/i);
});

labTest('a Redis with TLS is not believed without its authority', async () => {
  const redis = await lab.redis({ tls: true });
  const url = `rediss://127.0.0.1:${redis.port}/0?ssl_cert_reqs=required`;
  await assert.rejects(connects(url), /certificate verify failed/i);
});

labTest('a Redis with mutual TLS refuses a client without a certificate', async () => {
  const redis = await lab.redis({ tls: 'mutual' });
  const url = `rediss://127.0.0.1:${redis.port}/0?ssl_cert_reqs=required&ssl_ca_certs=${redis.caFile}`;
  await assert.rejects(connects(url), /certificate required|ssl|closed|reset/i);
});

labTest('a killed Redis comes back on its port, with its data where it was told to keep them', async () => {
  const redis = await lab.redis({ config: { appendonly: 'yes', appendfsync: 'always' } });
  await redis.cli(['set', 'kept', 'yes']);
  const { pid } = redis;
  await redis.kill();
  await assert.rejects(redis.cli(['ping']), /Could not connect/);
  await redis.start();
  assert.notEqual(redis.pid, pid);
  assert.equal(await redis.cli(['get', 'kept']), 'yes');
});

labTest('a stopped Redis has said goodbye; a started one forgets what it did not keep', async () => {
  const redis = await lab.redis();
  await redis.cli(['set', 'kept', 'no']);
  await redis.stop();
  assert.match(redis.output(), /ready to exit/);
  await redis.start();
  assert.equal(await redis.cli(['get', 'kept']), '');
});

labTest('a paused Redis answers nothing until it is resumed', async () => {
  const redis = await lab.redis();
  redis.pause();
  let answered = false;
  const answer = redis.cli(['ping']).then((pong) => {
    answered = true;
    return pong;
  });
  await until('the kernel says it is stopped', () => processState(redis.pid) === 'T');
  assert.equal(answered, false);
  redis.resume();
  assert.equal(await answer, 'PONG');
});

labTest('redis-cli throws what Redis refuses', async () => {
  const redis = await lab.redis();
  await assert.rejects(redis.cli(['nonsense']), /unknown command/);
});

labTest('a Redis that cannot start says why, in its own words', async () => {
  await assert.rejects(lab.redis({ config: { 'no-such-setting': '1' } }), /ended at once[\s\S]*Bad directive/);
});

const sendsOne = ({ url }: Broker): Promise<string[]> =>
  lab.send({ broker: { url }, task: 'orders.refund', args: ['1', 100], options: { retry: false } });

const connects = async (url: string): Promise<void> => {
  const code = fileURLToPath(new URL('python/connect_once.py', import.meta.url));
  const done = await lab.python({ broker: { url }, code });
  if (done.code !== 0) throw new Error(done.stderr);
};
