import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFirst } from '../../../../extension/debug/rdb/openFirst.ts';
import type { Ready } from '../../../../extension/debug/rdb/rdbMessages.ts';
import { CeleriacError } from '../../../../server/api/errors.ts';

const ready: Ready = { event: 'ready', python: '3.11.7', pid: 1, process: 'ForkPoolWorker-1', task: null };
const place = { host: 'worker1', port: 6899, pathMappings: {} };
const nobody = () => new CeleriacError('notFound', 'Nobody listens.');

test('a search visits one port after the other, and none beyond the first task that answers', async () => {
  const visited: number[] = [];
  const opened = await openFirst({ ...place, searchPorts: 10 }, async ({ port }) => {
    visited.push(port);
    if (port < 6901) throw nobody();
    return ready;
  });
  assert.deepEqual([opened, visited], [ready, [6899, 6900, 6901]]);
});

test('a search that finds nobody names the ports; a defect ends it at once', async () => {
  const none = openFirst({ ...place, searchPorts: 3 }, () => Promise.reject(nobody()));
  await assert.rejects(none, { code: 'notFound', message: /worker1, ports 6899–6901/ });
  let visits = 0;
  const broken = openFirst({ ...place, searchPorts: 3 }, async () => {
    visits += 1;
    throw new TypeError('a defect');
  });
  await assert.rejects(broken, TypeError);
  assert.equal(visits, 1);
});

test('one port is simply opened', async () => {
  await assert.rejects(
    openFirst({ ...place, searchPorts: 0 }, () => Promise.reject(nobody())),
    /Nobody listens/,
  );
});
