import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTarget } from '../../../../extension/commands/rowTarget.ts';
import { nodeOfTarget } from '../../../../extension/views/nodeOfTarget.ts';

test('what an alert is about is a row of the Clusters tree', () => {
  const id = (row: unknown) => nodeOfTarget(rowTarget(row))?.id ?? null;
  assert.equal(id({ clusterId: 'shop', hostname: 'a@b' }), 'worker:shop:a@b');
  assert.equal(id({ clusterId: 'shop', queueName: 'emails' }), 'queue:shop:emails');
  assert.equal(id({ clusterId: 'shop', taskName: 'orders.charge' }), 'taskType:shop:orders.charge');
  assert.equal(id({ clusterId: 'shop' }), 'connection:shop');
  assert.equal(id({ hostname: 'a@b' }), null);
});
