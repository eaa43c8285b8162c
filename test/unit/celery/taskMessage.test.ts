import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TaskOrder, taskMessage } from '../../../server/celery/taskMessage.ts';

const now = Date.parse('2026-01-31T12:00:00Z');
const order = (parts: Partial<TaskOrder> = {}): TaskOrder => ({
  id: 'b0f6',
  name: 'orders.charge',
  args: [7],
  kwargs: {},
  queue: 'default',
  origin: '1@here',
  ...parts,
});

test('a task goes by the default exchange to the queue of its name', () => {
  const { exchange, routingKey, properties, body } = taskMessage(order(), now);
  assert.deepEqual([exchange, routingKey], ['', 'default']);
  assert.equal(properties.correlationId, 'b0f6');
  assert.deepEqual(JSON.parse(body).slice(0, 2), [[7], {}]);
});

test('a task that expires tells the worker until when, and the broker how long', () => {
  const { headers, properties } = taskMessage(order({ expires: '2026-01-31T12:00:30+00:00' }), now);
  assert.equal(headers.expires, '2026-01-31T12:00:30+00:00');
  assert.equal(properties.expirationMs, 30_000);
  assert.equal(taskMessage(order({ expires: '2026-01-31T11:00:00Z' }), now).properties.expirationMs, 0);
});

test('a time further off than a broker can count is left to the worker', () => {
  const { headers, properties } = taskMessage(order({ expires: '2099-01-01T00:00:00Z' }), now);
  assert.equal(headers.expires, '2099-01-01T00:00:00Z');
  assert.equal('expirationMs' in properties, false);
});

test('the reprs of long arguments are cut where Celery cuts them', () => {
  const { headers } = taskMessage(order({ args: ['x'.repeat(5_000)] }), now);
  assert.equal(String(headers.argsrepr).length, 1024);
  assert.ok(String(headers.argsrepr).endsWith('...'));
});
