import assert from 'node:assert/strict';
import { test } from 'node:test';
import { urlProblem, urlProblemWhileTyping } from '../../../../../extension/connections/form/urlProblem.ts';

test('a URL that can be a broker has no problem', () => {
  const good = [
    ' redis+socket:///tmp/r.sock',
    '${env:BROKER_URL}',
    'redis://:p:w@localhost:6379/0',
    'redis://[::1]:6379/0',
    'redis://localhost:${env:PORT}/${env:DB}',
    'amqp://guest@host:5672//',
    'sentinel://a:26379;sentinel://b:26380',
  ];
  for (const url of good) assert.equal(urlProblem(url), null, url);
});

test('a wrong URL is refused with its cause', () => {
  assert.match(String(urlProblem('')), /Enter the URL/);
  assert.match(String(urlProblem('localhost:6379')), /starts with a scheme/);
  assert.equal(urlProblem('sqs://x'), 'sqs:// is not supported. Supported: Redis, RabbitMQ (AMQP) and filesystem.');
  assert.equal(urlProblem('redis://localhost:99999/0'), 'Port 99999 is out of range (1–65535).');
  assert.equal(urlProblem('redis://localhost:0/0'), 'Port 0 is out of range (1–65535).');
  assert.match(String(urlProblem('amqp://host:567x//')), /port "567x" is not a number/);
  assert.match(String(urlProblem('redis://localhost:6379/abc')), /database "abc" is not a number/);
  assert.match(String(urlProblem('sentinel://a:26379;sentinel://b:99999')), /Port 99999/);
});

test('a URL that is still being typed is left alone until it can no longer become right', () => {
  for (const text of [
    '',
    'r',
    'redis',
    'redis:/',
    'redis://',
    'redis://localhost',
    'redis://localhost:',
    'redis://:pass',
  ])
    assert.equal(urlProblemWhileTyping(text), null, text);
  assert.match(String(urlProblemWhileTyping('redis://localhost:99999')), /out of range/);
});
