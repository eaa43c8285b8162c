import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAmqpHosts } from '../../../server/brokers/amqpTarget.ts';
import { managementAddress } from '../../../server/brokers/rabbitmqManagementAddress.ts';

const addressOf = (url: string, managementUrl?: string) => {
  const transportOptions = managementUrl === undefined ? {} : { management_url: managementUrl };
  const config = { id: 'x', name: 'x', url, transportOptions, workerLostAfterMs: 1, maxTasks: 1 };
  const [host] = readAmqpHosts(config);
  assert.ok(host);
  const address = managementAddress(host);
  if (typeof address === 'string') return address;
  const { user, password, tls } = address;
  return { url: address.url.href, login: `${user}:${password}`, isEncrypted: tls !== null };
};

test("looks at the ports of RabbitMQ's own, with the login of the broker", () => {
  const plain = { url: 'http://mq:15672/', login: 'ann:p@ss', isEncrypted: false };
  assert.deepEqual(addressOf('amqp://ann:p%40ss@mq:5679/shop'), plain);
  assert.deepEqual(addressOf('amqp://'), { url: 'http://127.0.0.1:15672/', login: 'guest:guest', isEncrypted: false });
  const ipv6 = { url: 'http://[::1]:15672/', login: 'guest:guest', isEncrypted: false };
  assert.deepEqual(addressOf('amqp://[::1]:5672//'), ipv6);
});

test('never sends the password unencrypted where the broker itself is encrypted', () => {
  const secure = { url: 'https://mq:15671/', login: 'ann:secret', isEncrypted: true };
  assert.deepEqual(addressOf('amqps://ann:secret@mq//'), secure);
});

test("sends the broker's password nowhere in the clear where the broker itself is encrypted", () => {
  for (const url of ['http://mq:15672', 'http://elsewhere.example.com/rabbit'])
    assert.match(String(addressOf('amqps://ann:secret@mq//', url)), /not encrypted, but the broker connection is/);
  const own = { url: 'http://mq:15672/', login: 'web:own', isEncrypted: false };
  assert.deepEqual(addressOf('amqps://ann:secret@mq//', 'http://web:own@mq:15672'), own);
  const local = { url: 'http://127.0.0.1:15672/', login: 'ann:secret', isEncrypted: false };
  assert.deepEqual(addressOf('amqps://ann:secret@mq//', 'http://127.0.0.1:15672'), local);
});

test('goes where management_url says, in whatever form', () => {
  const there = { url: 'https://mq.example.com/rabbit/', login: 'ann:secret', isEncrypted: true };
  for (const url of [
    'https://mq.example.com/rabbit',
    'https://mq.example.com/rabbit/',
    'https://mq.example.com/rabbit/api/',
  ])
    assert.deepEqual(addressOf('amqp://ann:secret@mq//', url), there);
  const other = { url: 'http://mq:8080/', login: 'web:w/b', isEncrypted: false };
  assert.deepEqual(addressOf('amqp://ann:secret@mq//', 'http://web:w%2Fb@mq:8080'), other);
});

test('says so when management_url is none, and when a certificate is the only login', () => {
  assert.match(String(addressOf('amqp://mq//', 'mq:15672')), /not a URL/);
  assert.match(String(addressOf('amqp://mq//', 'ftp://mq')), /not a URL/);
  const external = 'amqp://mq//?login_method=EXTERNAL';
  assert.match(String(addressOf(external)), /requires a user and a password/);
  assert.deepEqual(addressOf(external, 'http://web:pass@mq:15672'), {
    url: 'http://mq:15672/',
    login: 'web:pass',
    isEncrypted: false,
  });
});
