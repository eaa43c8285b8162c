import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkTarget } from '../../../../extension/links/linkTarget.ts';

test('a link names a connection, a dashboard, or a task', () => {
  assert.deepEqual(linkTarget('/connection/orders-prod'), { kind: 'connection', clusterId: 'orders-prod' });
  assert.deepEqual(linkTarget('/dashboard/my%20shop'), { kind: 'dashboard', clusterId: 'my shop' });
  assert.deepEqual(linkTarget('/task/orders/3f2a-1'), { kind: 'task', clusterId: 'orders', taskId: '3f2a-1' });
});

test('any other link leads nowhere, least of all to a command', () => {
  for (const path of [
    '',
    '/',
    '/connection',
    '/connection/',
    '/connection/a/b',
    '/task/orders',
    '/task/orders/',
    '/task/orders/1/2',
    '/add/redis://evil',
    '/purge/orders/celery',
    '/command/celeriac.shutDownWorkers/x',
  ])
    assert.equal(linkTarget(path), null, path);
});
