import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn } from '../../../../extension/connections/placeholder.ts';
import { takeSecrets } from '../../../../extension/connections/plainSecrets.ts';

const taken = (url: string) => {
  const { setting, secrets } = takeSecrets({ url });
  return [setting.url, secrets];
};

test('the password of a URL becomes a placeholder, and is kept as it is meant', () => {
  assert.deepEqual(taken('redis://:hunter2@host:6379/0'), ['redis://:${secret:url}@host:6379/0', { url: 'hunter2' }]);
  assert.deepEqual(taken('amqp://bob:p%40ss%2F@host//'), ['amqp://bob:${secret:url}@host//', { url: 'p@ss/' }]);
  assert.deepEqual(taken('amqp://bob:100%@host//'), ['amqp://bob:${secret:url}@host//', { url: '100%' }]);
});

test('a password with raw characters that a URL does not allow is found as well', () => {
  for (const password of ['pa/ss', 'pa?ss', 'pa#ss', 'a@b', 'a:b', 'x/y@z?'])
    assert.deepEqual(taken(`amqp://bob:${password}@host:5672/vh`), [
      'amqp://bob:${secret:url}@host:5672/vh',
      { url: password },
    ]);
});

test('a URL without a secret stays as it is', () => {
  for (const url of [
    'redis://localhost:6379/0',
    'redis://[::1]:6379/0',
    'redis://host:6379/0?mail=a@b',
    'amqp://guest@host//',
    'redis://:${env:PASSWORD}@host',
    'redis://:${secret:url}@host',
    '${env:BROKER_URL}',
    'filesystem://',
    'redis+socket:///tmp/redis.sock?virtual_host=1',
    'rediss://host?ssl_keyfile=/a/key.pem&ssl_cert_reqs=required',
  ])
    assert.deepEqual(taken(url), [url, {}]);
});

test('each of several URLs gives its password, one that they share only once', () => {
  assert.deepEqual(taken('amqp://u:one@h1//;amqp://u:two@h2//;amqp://u:one@h3//'), [
    'amqp://u:${secret:url}@h1//;amqp://u:${secret:url.2}@h2//;amqp://u:${secret:url}@h3//',
    { url: 'one', 'url.2': 'two' },
  ]);
});

test('secrets in the query, the result backend and the transport options are taken too', () => {
  const written = {
    name: 'a token of love',
    url: 'rediss://h/0?password=p%20q&ssl_password=r&ssl_ca_certs=/ca.pem',
    resultBackend: 'db+postgresql://celery:s3cret@db/results',
    folders: ['/home/ann/password'],
    transportOptions: {
      master_name: 'main',
      sentinel_kwargs: { password: 'sentinel-pw', username: 'x' },
      management_url: 'http://admin:adm%24n@host:15672',
      global_keyprefix: 'password:',
    },
  };
  const { setting, secrets } = takeSecrets(written);
  const lookUp = (name: string): string => secrets[name] ?? assert.fail(name);
  assert.deepEqual(secrets, {
    'url.password': 'p q',
    'url.ssl_password': 'r',
    resultBackend: 's3cret',
    'transportOptions.sentinel_kwargs.password': 'sentinel-pw',
    'transportOptions.management_url': 'adm$n',
  });
  const text = JSON.stringify(setting);
  for (const secret of ['p%20q', 's3cret', 'sentinel-pw', 'adm%24n']) assert.ok(!text.includes(secret), secret);
  assert.deepEqual(
    fillIn(setting, ({ name }) => lookUp(name)),
    written,
  );
});

test('what has been taken once is not taken again', () => {
  const { setting } = takeSecrets({
    url: 'amqp://u:one@h1//',
    transportOptions: { sentinel_kwargs: { password: 'x' } },
  });
  assert.deepEqual(takeSecrets(setting), { setting, secrets: {} });
});
