import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeOfTarget } from '../../../../extension/clusters/clusterNode.ts';
import { rowTarget } from '../../../../extension/commands/rowTarget.ts';

test('what an alert is about is a row of the Clusters tree', () => {
  const clusterId = 'shop';
  const nodeOf = (row: object) => nodeOfTarget(rowTarget(row));
  assert.deepEqual(nodeOf({ clusterId, hostname: 'a@b' }), { kind: 'worker', clusterId, hostname: 'a@b' });
  assert.deepEqual(nodeOf({ clusterId, queueName: 'emails' }), { kind: 'queue', clusterId, queueName: 'emails' });
  assert.deepEqual(nodeOf({ clusterId, taskName: 'a.b' }), { kind: 'taskType', clusterId, taskName: 'a.b' });
  assert.deepEqual(nodeOf({ clusterId }), { kind: 'connection', clusterId });
  assert.equal(nodeOf({ hostname: 'a@b' }), null);
});
