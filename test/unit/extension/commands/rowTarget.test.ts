import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTarget, rowTargets } from '../../../../extension/commands/rowTarget.ts';

const nothing = {
  clusterId: null,
  hostname: null,
  queueName: null,
  taskId: null,
  taskName: null,
  failureId: null,
  alertId: null,
  pid: null,
  at: null,
  file: null,
  document: null,
};

test('takes from a row the fields it knows, and leaves all others', () => {
  const row = { kind: 'worker', clusterId: 'shop', hostname: 'celery@one', key: 'shop/workers/celery@one' };
  assert.deepEqual(rowTarget(row), { ...nothing, clusterId: 'shop', hostname: 'celery@one' });
});

test('knows nothing where the palette called, or where a field is no text', () => {
  assert.deepEqual(rowTarget(undefined), nothing);
  assert.deepEqual(rowTarget({ clusterId: 7, taskId: '' }), nothing);
});

test('knows a process by its number and a document by its address', () => {
  assert.deepEqual(rowTarget({ pid: 20, at: 1_000 }), { ...nothing, pid: 20, at: 1_000 });
  const address = { scheme: 'celeriac-answer', with: () => address };
  assert.equal(rowTarget(address).document, address);
});

test('takes every selected row when the one under the mouse is among them', () => {
  const rows = [{ taskId: 'a' }, { taskId: 'b' }];
  assert.deepEqual(
    rowTargets(rows[0], rows).map(({ taskId }) => taskId),
    ['a', 'b'],
  );
});

test('takes only the row under the mouse when that one is not selected', () => {
  const rows = [{ taskId: 'a' }, { taskId: 'b' }];
  assert.deepEqual(
    rowTargets({ taskId: 'c' }, rows).map(({ taskId }) => taskId),
    ['c'],
  );
});
