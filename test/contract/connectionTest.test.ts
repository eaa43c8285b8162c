import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { freePort } from '../lab/freePort.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { startMuteServer } from './muteServer.ts';
import { endsAt, stagesOf } from './stagesOf.ts';

const config: ConnectionConfig = {
  id: 'test',
  name: 'test',
  url: '',
  transportOptions: {},
  workerLostAfterMs: 20_000,
  maxTasks: 1_000,
};
const at = (url: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig => ({ ...config, url, ...more });

describe('testing a connection in stages', { concurrency: 2 }, () => {
  labTest('to a Redis with a worker, all stages are passed and the worker is named', async (lab) => {
    const redis = await lab.redis({ password: 'hunter2' });
    await lab.worker({ broker: redis, name: 'one' });
    const { stages, maskedUrl } = await stagesOf(at(`redis://:hunter2@localhost:${redis.port}/0`));
    const outcomes = stages.map(({ stage, outcome }) => `${stage} ${outcome}`);
    assert.deepEqual(outcomes, ['dns ok', 'tcp ok', 'tls skipped', 'auth ok', 'place ok', 'events ok', 'ping ok']);
    assert.match(stages.at(-1)?.sentence ?? '', /^1 worker answered: one@/);
    assert.ok(!JSON.stringify([stages, maskedUrl]).includes('hunter2'));
    assert.deepEqual(await redis.cli(['keys', '*celeriac*']), '');
  });

  labTest('the stage that fails says why and what to do: names, ports, silence', async (lab) => {
    await endsAt(at('redis://no-such-host.invalid:6379/0'), 'dns', /Host .* not found|could not be looked up/);
    await endsAt(at(`redis://127.0.0.1:${await freePort()}/0`), 'tcp', /Connection refused at .*Is Redis running/);
    await endsAt(at('redis+socket:///no/such.sock'), 'tcp', /No socket at \/no\/such\.sock/);
    const mute = await startMuteServer();
    try {
      await endsAt(at(`redis://127.0.0.1:${mute.port}/0`), 'auth', /did not answer within 5 s/);
    } finally {
      await mute.close();
    }
    const redis = await lab.redis();
    const [good, bad] = [`redis://127.0.0.1:${redis.port}/0`, `redis://127.0.0.1:${await freePort()}/0`];
    await endsAt(at(`${bad};${good}`), 'ping', /no worker answered/);
    await endsAt(at(`${bad};${bad}`), 'tcp', /Connection refused/);
  });

  labTest('the stage that fails says why and what to do: passwords, databases, rights', async (lab) => {
    const rules = 'resetkeys resetchannels ~* &other -@all +ping +select +psubscribe +publish +info';
    const redis = await lab.redis({ user: { name: 'watcher', password: 'right', rules } });
    const as = (password: string, rest = '/0') => at(`redis://watcher:${password}@127.0.0.1:${redis.port}${rest}`);
    await endsAt(as('wrong'), 'auth', /refused the password of the user "watcher"/);
    await endsAt(as('right', '/99'), 'place', /no database 99/);
    await endsAt(as('right'), 'events', /may not subscribe to .*ACL SETUSER watcher &/);
    const locked = await lab.redis({ password: 'right' });
    await endsAt(at(`redis://127.0.0.1:${locked.port}/0`), 'auth', /requires a password/);
    await endsAt(at(`redis://:right@127.0.0.1:${locked.port}/0`), 'ping', /no worker answered.*database 0/);
  });

  labTest('the stage that fails says why and what to do: TLS', async (lab) => {
    const plain = await lab.redis();
    await endsAt(at(`rediss://127.0.0.1:${plain.port}/0`), 'tls', /does not (?:speak|use) TLS/);
    const redis = await lab.redis({ tls: 'mutual' });
    const { caFile = '', certFile = '', keyFile = '' } = redis;
    const port = /:(\d+)/.exec(redis.url)?.[1];
    await endsAt(at(`redis://127.0.0.1:${port}/0`), 'tls', /expects TLS\. Start the URL with rediss:\/\//);
    await endsAt(at(`rediss://127.0.0.1:${port}/0`), 'tls', /not signed by a CA that this machine trusts/);
    await endsAt(at(`rediss://127.0.0.1:${port}/0`, { tls: { caFile } }), 'tls', /refused the client certificate/);
    await endsAt(at(`rediss://127.0.0.1:${port}/0`, { tls: { caFile: '/no.pem' } }), 'tls', /\/no\.pem cannot be read/);
    const { stages } = await stagesOf(at(`rediss://127.0.0.1:${port}/0`, { tls: { caFile, certFile, keyFile } }));
    assert.match(stages.find(({ stage }) => stage === 'tls')?.sentence ?? '', /^Encrypted with TLSv1\./);
  });

  labTest(
    'a Redis behind a URL for RabbitMQ is recognised within two seconds, and the right scheme is suggested',
    async (lab) => {
      const redis = await lab.redis({ password: 'hunter2' });
      const strange = at(`amqp://guest@127.0.0.1:${redis.port}//`);
      await endsAt(strange, 'auth', /^Redis answers at 127\.0\.0\.1:\d+\. Use redis:\/\/127\.0\.0\.1:\d+\/0\.$/);
      const { suggestedScheme, tookMs } = await stagesOf(strange);
      assert.equal(suggestedScheme, 'redis');
      assert.ok(tookMs < 3_000, `it took ${tookMs} ms`);
      const tls = await lab.redis({ tls: 'mutual' });
      const port = /:(\d+)/.exec(tls.url)?.[1];
      assert.equal((await stagesOf(at(`redis://127.0.0.1:${port}/0`))).suggestedScheme, 'rediss');
    },
  );

  labTest('folders need no network: they are there, or they are named', async (lab) => {
    const folder = join(lab.folder, 'mail');
    const transportOptions = {
      data_folder_in: folder,
      data_folder_out: folder,
      control_folder: join(folder, 'control'),
    };
    await endsAt(at('filesystem://', { transportOptions }), 'place', /Folder .*mail not found/);
    mkdirSync(folder);
    await endsAt(at('filesystem://', { transportOptions }), 'ping', /no worker answered/);
  });

  labTest('the master is found through its sentinels', async (lab) => {
    const sentinel = await lab.sentinel();
    const to = connectionTo(sentinel);
    await endsAt(to, 'ping', /no worker answered/);
    await endsAt({ ...to, transportOptions: { master_name: 'nobody' } }, 'place', /knows no master named "nobody"/);
  });
});
