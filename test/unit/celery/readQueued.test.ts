import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTaskEnvelope } from '../../../server/celery/envelope.ts';
import { type RawQueued, readQueued, readQueuedEnvelope } from '../../../server/celery/readQueued.ts';
import { splitArray } from '../../../server/celery/splitArray.ts';
import { taskMessage } from '../../../server/celery/taskMessage.ts';

const order = { id: 'id-1', name: 'orders.charge', args: [1], kwargs: { to: 'anna' }, queue: 'orders', origin: '1@pc' };

const raw = (parts: Partial<RawQueued>): RawQueued => ({
  body: '[[], {}, {}]',
  contentType: 'application/json',
  compression: null,
  headers: { task: 'orders.charge', id: 'id-1' },
  priority: 0,
  exchange: '',
  routingKey: 'orders',
  redelivered: false,
  ...parts,
});

test('reads what Celery itself would put into a queue', () => {
  const message = readQueuedEnvelope(Buffer.from(encodeTaskEnvelope(taskMessage({ ...order, priority: 3 }, 0), 'tag')));
  assert.deepEqual(message, {
    taskId: 'id-1',
    name: 'orders.charge',
    argsJson: '[1]',
    kwargsJson: '{"to":"anna"}',
    argsRepr: '[1]',
    kwargsRepr: '{"to":"anna"}',
    eta: null,
    expires: null,
    retries: 0,
    priority: 3,
    exchange: '',
    routingKey: 'orders',
    rootId: 'id-1',
    parentId: null,
    groupId: null,
    origin: '1@pc',
    redelivered: false,
    contentType: 'application/json',
    bytes: message.bytes,
    problem: null,
  } satisfies ReturnType<typeof readQueued>);
});

test('keeps arguments exactly as they were sent', () => {
  const { argsJson } = readQueued(raw({ body: '[[1.0, 12345678901234567890, "a, ]"], {}, {}]' }));
  assert.equal(argsJson, '[1.0, 12345678901234567890, "a, ]"]');
});

test('names a pickled body, leaves it as it is, and still tells what the headers say', () => {
  const headers = { task: 'orders.charge', id: 'id-1', argsrepr: "('anna',)", kwargsrepr: '{}' };
  const message = readQueued(
    raw({ body: Buffer.from('\x80\x04.'), contentType: 'application/x-python-serialize', headers }),
  );
  assert.equal(message.problem, 'pickle, not decoded');
  assert.equal(message.argsJson, null);
  assert.equal(message.argsRepr, "('anna',)");
  assert.equal(message.name, 'orders.charge');
});

test('reads the older protocol, which has all of it in the body', () => {
  const body = JSON.stringify({ task: 'orders.charge', id: 'id-2', args: [1], kwargs: {}, retries: 2, eta: null });
  const message = readQueued(raw({ headers: {}, body }));
  assert.deepEqual(
    [message.taskId, message.name, message.argsJson, message.retries],
    ['id-2', 'orders.charge', '[1]', 2],
  );
});

test('says so when it is no task, or no message at all', () => {
  assert.equal(readQueued(raw({ headers: {}, body: '{"hello": 1}' })).problem, 'not a Celery task');
  assert.equal(readQueuedEnvelope(Buffer.from('garbage')).problem, 'message is not JSON');
});

test('carries no huge arguments about', () => {
  const message = readQueued(raw({ body: `[["${'x'.repeat(300_000)}"], {}, {}]` }));
  assert.equal(message.problem, 'arguments too large to show');
  assert.equal(message.argsJson, null);
});

test('splits an array at its own commas only', () => {
  assert.deepEqual(splitArray(' [[1, 2], {"a,]": [3]}, null] '), ['[1, 2]', '{"a,]": [3]}', 'null']);
  assert.deepEqual(splitArray('[]'), []);
  assert.deepEqual(splitArray('["\\"]", 2]'), ['"\\"]"', '2']);
  for (const text of ['{}', '1', '', '[1']) assert.equal(splitArray(text), null, text);
});
