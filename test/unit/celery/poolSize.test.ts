import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolSizeOf } from '../../../server/celery/poolSize.ts';

test('the size of a pool that has grown is that of its processes, not that of its start', () => {
  assert.equal(poolSizeOf({ 'max-concurrency': 2, processes: [11, 12, 13] }), 3);
});

test('a pool without a list of processes is as large as it says', () => {
  assert.equal(poolSizeOf({ 'max-concurrency': 100, 'free-threads': 96, 'running-threads': 6 }), 102);
  assert.equal(poolSizeOf({ 'max-concurrency': 8, threads: 3 }), 8);
  assert.equal(poolSizeOf({}), null);
});
