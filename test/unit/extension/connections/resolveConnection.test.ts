import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadOnlyPolicy } from '../../../../extension/connections/readOnlyPolicy.ts';
import { resolveConnection } from '../../../../extension/connections/resolveConnection.ts';
import { redact } from '../../../../server/api/redact.ts';

const limits = { workerLostAfterMs: 20_000, maxTasks: 1_000, refreshIntervalMs: 5_000 };
const environment = { SECRET: 'p@ss/word', WHOLE: 'redis://:x%40y@host:6379/1' };
const secrets = { url: 'st@red', asked: 'typed', 'transportOptions.sentinel_kwargs.password': 'for sentinels' };
const around = {
  limits,
  readOnly: 'production',
  variables: environment,
  secrets,
  hide: () => undefined,
  baseFolder: '/home/ann/shop',
} as const;
const resolve = (setting: Record<string, unknown>, policy: ReadOnlyPolicy = 'production') =>
  resolveConnection(setting, 0, { ...around, readOnly: policy });
const urlOf = (setting: Record<string, unknown>) => {
  const resolved = resolve(setting);
  return 'config' in resolved ? resolved.config.url : resolved.problem;
};

test('a plain URL is taken as it is, with the limits of the settings', () => {
  const resolved = resolve({ name: 'dev', url: 'redis://localhost/0', transportOptions: { global_keyprefix: 'x' } });
  assert.ok('config' in resolved);
  assert.deepEqual(resolved.config, {
    id: 'dev',
    name: 'dev',
    url: 'redis://localhost/0',
    transportOptions: { global_keyprefix: 'x' },
    environment: 'dev',
    isReadOnly: false,
    ...limits,
  });
});

test('a variable inside a URL is escaped, one that is the whole URL is not', () => {
  assert.equal(urlOf({ url: 'redis://:${env:SECRET}@host/0' }), 'redis://:p%40ss%2Fword@host/0');
  assert.equal(urlOf({ url: 'amqp://user:${env:SECRET}@host//' }), 'amqp://user:p%40ss%2Fword@host//');
  assert.equal(urlOf({ url: '${env:WHOLE}' }), environment.WHOLE);
});

test('a password in the settings is refused, and the sentence does not repeat it', () => {
  for (const url of ['redis://:hunter2@host/0', 'amqp://guest:hunter2@host//', 'rediss://u:a:hunter2@host']) {
    assert.match(urlOf({ url }), /holds a password/);
    assert.doesNotMatch(urlOf({ url }), /hunter2/);
  }
  assert.equal(urlOf({ url: 'amqp://guest@host//' }), 'amqp://guest@host//');
});

test('a missing variable and a missing URL are named', () => {
  assert.match(urlOf({ url: 'redis://:${env:NOT_THERE}@host' }), /NOT_THERE/);
  assert.match(urlOf({ name: 'x' }), /no "url"/);
});

test('the result backend goes along, filled in and without a password of its own in the settings', () => {
  const resolved = resolve({ url: 'redis://host/0', resultBackend: 'redis://:${env:SECRET}@host/1' });
  assert.ok('config' in resolved);
  assert.equal(resolved.config.resultBackend, 'redis://:p%40ss%2Fword@host/1');
  assert.match(
    urlOf({ url: 'redis://host', resultBackend: 'redis://:hunter2@host/1' }),
    /result backend holds a password/,
  );
  assert.match(urlOf({ url: 'redis://host', resultBackend: 'redis://:${env:NOT_THERE}@host/1' }), /NOT_THERE/);
});

test('production is read-only unless its entry or the policy says otherwise; "always" lets nobody out', () => {
  const isReadOnly = (setting: Record<string, unknown>, policy?: ReadOnlyPolicy) => {
    const resolved = resolve({ url: 'redis://host', ...setting }, policy);
    return 'config' in resolved ? resolved.config.isReadOnly : resolved.problem;
  };
  assert.equal(isReadOnly({}), false);
  assert.equal(isReadOnly({ environment: 'staging' }), false);
  assert.equal(isReadOnly({ environment: 'prod' }), true);
  assert.equal(isReadOnly({ environment: 'prod', readOnly: false }), false);
  assert.equal(isReadOnly({ environment: 'dev', readOnly: true }), true);
  assert.equal(isReadOnly({ environment: 'prod' }, 'never'), false);
  assert.equal(isReadOnly({ readOnly: true }, 'never'), true);
  assert.equal(isReadOnly({ readOnly: false }, 'always'), true);
  assert.match(String(isReadOnly({ environment: 'production' })), /dev, staging and prod/);
});

test('stored and asked secrets are filled in, escaped only where they are a part of a URL', () => {
  const resolved = resolve({
    url: 'sentinel://:${secret:url}@a:26379',
    transportOptions: {
      master_name: 'main',
      sentinel_kwargs: { password: '${secret:transportOptions.sentinel_kwargs.password}' },
    },
  });
  assert.ok('config' in resolved);
  assert.equal(resolved.config.url, 'sentinel://:st%40red@a:26379');
  assert.deepEqual(resolved.config.transportOptions, {
    master_name: 'main',
    sentinel_kwargs: { password: 'for sentinels' },
  });
  assert.equal(urlOf({ url: 'redis://:${ask:asked}@host' }), 'redis://:typed@host');
});

test('a secret that is not here is named, so that the user can be asked for it', () => {
  const stored = resolve({ url: 'redis://:${secret:elsewhere}@host' });
  assert.ok('problem' in stored);
  assert.match(stored.problem, /not stored on this machine/);
  assert.deepEqual(stored.missing, [{ source: 'secret', name: 'elsewhere' }]);
  const asked = resolve({ url: 'redis://:${ask:later}@host' });
  assert.ok('problem' in asked);
  assert.match(asked.problem, /each time/);
});

test('the folders of a filesystem broker begin in the workspace, unless they say where', () => {
  const resolved = resolve({
    url: 'filesystem://',
    transportOptions: { data_folder_in: 'out', data_folder_out: '/srv/out', store_processed: true },
  });
  assert.ok('config' in resolved);
  assert.deepEqual(resolved.config.transportOptions, {
    data_folder_in: '/home/ann/shop/out',
    data_folder_out: '/srv/out',
    control_folder: '/home/ann/shop/control',
    store_processed: true,
  });
});

test('the log is told the secrets that variables brought in, and nothing else of them', () => {
  const hidden: string[] = [];
  const variables = { PASSWORD: 'hunter2/x', HOST: 'redis.shop', URL: 'redis://:hunter3@results/1', KEY: 'hunter4' };
  const setting = {
    url: 'redis://:${env:PASSWORD}@${env:HOST}/0',
    resultBackend: '${env:URL}',
    transportOptions: { sentinel_kwargs: { password: '${env:KEY}' } },
  };
  resolveConnection(setting, 0, { ...around, variables, hide: (secret) => hidden.push(secret) });
  const known = redact('hunter2/x, hunter2%2Fx, redis.shop, results, hunter3, hunter4', hidden);
  assert.equal(known, '********, ********, redis.shop, results, ********, ********');
});
