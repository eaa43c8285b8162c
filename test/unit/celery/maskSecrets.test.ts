import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskSecrets } from '../../../server/celery/maskSecrets.ts';

test('replaces the passwords of URLs, wherever they stand, and nothing else of them', () => {
  const masked: readonly (readonly [string, string])[] = [
    ['redis://:geheim@h:6379/0', 'redis://:********@h:6379/0'],
    ['amqp://guest:ge/he@im#1@h//', 'amqp://guest:********@h//'],
    ['amqp://a:geheim@h1//;amqp://b:geheim@h2//', 'amqp://a:********@h1//;amqp://b:********@h2//'],
    ["'broker_url': 'redis://u:geheim@h/0',", "'broker_url': 'redis://u:********@h/0',"],
    ['sqs://h?secret_key=geheim&region=eu', 'sqs://h?secret_key=********&region=eu'],
    ["{'sentinel_kwargs': {'password': 'geheim', 'db': 0}}", "{'sentinel_kwargs': {'password': '********', 'db': 0}}"],
  ];
  for (const [text, expected] of masked) assert.equal(maskSecrets(text), expected);
  for (const same of ['redis://h:6379/0', 'amqp://guest@h//', 'redis://:********@h/0', 'a@b', 'http://h/?x=1', '']) {
    assert.equal(maskSecrets(same), same);
  }
});

test('replaces what has the name of a secret, at any depth, and keeps every key', () => {
  const stats = {
    broker: {
      alternates: ['redis://:geheim@h1/0', 'redis://h2/0'],
      transport_options: { sentinel_kwargs: { password: 'geheim', db: 3 }, api_key: 'geheim', region: 'eu' },
      userid: 'anna',
    },
    pid: 7,
    none: null,
  };
  assert.deepEqual(maskSecrets(stats), {
    broker: {
      alternates: ['redis://:********@h1/0', 'redis://h2/0'],
      transport_options: { sentinel_kwargs: { password: '********', db: 3 }, api_key: '********', region: 'eu' },
      userid: 'anna',
    },
    pid: 7,
    none: null,
  });
});

test('leaves settings alone whose names only sound like a secret but hold none', () => {
  const conf = { task_default_routing_key: 'default', password: '', token: null, passwords_checked: true };
  assert.deepEqual(maskSecrets(conf), conf);
});
