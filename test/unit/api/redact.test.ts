import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redact } from '../../../server/api/redact.ts';

test('a log never holds the password of a URL', () => {
  assert.equal(redact('to redis://:hunter2@host:6379/0 now'), 'to redis://:********@host:6379/0 now');
  assert.equal(redact('amqp://guest:hun@ter/2@host//, then'), 'amqp://guest:********@host//, then');
  assert.equal(redact('sentinel://:a@h1;sentinel://:b@h2'), 'sentinel://:********@h1;sentinel://:********@h2');
  assert.equal(redact('redis://host:6379/0 and a@b'), 'redis://host:6379/0 and a@b');
});

test('a raw quote or semicolon in a password belongs to it, unless it ends the URL', () => {
  assert.equal(redact("redis://u:h'un;ter2@h/0"), 'redis://u:********@h/0');
  assert.equal(redact('{"a":"redis://h:6379/0","mail":"a@b"}'), '{"a":"redis://h:6379/0","mail":"a@b"}');
  assert.equal(redact(`'redis://u:hunter2@h/0', 'a@b'`), `'redis://u:********@h/0', 'a@b'`);
});

test('a log leaves out the secrets it was told, also as a URL or JSON writes them', () => {
  const secrets = ['p@ss word', 'abc'];
  assert.equal(redact('AUTH p@ss word, p%40ss%20word, abc', secrets), 'AUTH ********, ********, abc');
  assert.equal(redact(JSON.stringify({ password: 'a"b\\c' }), ['a"b\\c']), '{"password":"********"}');
});
