import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTarget } from '../../../../extension/commands/rowTarget.ts';

const nothing = {
  clusterId: null,
  hostname: null,
  queueName: null,
  taskId: null,
  taskName: null,
  failureId: null,
  alertId: null,
};

test('a row says what it is about, and nothing else of it counts', () => {
  const row = { kind: 'queue', id: 'queue:orders:emails', clusterId: 'orders', queueName: 'emails' };
  assert.deepEqual(rowTarget(row), { ...nothing, clusterId: 'orders', queueName: 'emails' });
});

test('without a row, or with something that is none, nothing is known', () => {
  for (const row of [undefined, null, 'orders', 7, [], { clusterId: 7, hostname: '' }])
    assert.deepEqual(rowTarget(row), nothing);
});
