import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { readTaskLimits } from '../../../server/desk/readTaskLimits.ts';

const workersReporting = (...answers: readonly unknown[]): Pick<Cluster, 'operations'> => {
  const replies = answers.map((value, index) => ({ kind: 'answered', hostname: `worker${index}`, value }));
  const inspect = async () => ({ replies, expected: replies.length, tookMs: 1 });
  return { operations: { inspect } } as unknown as Cluster;
};

test('the limits of a task are those that a worker reports beside its name', async () => {
  const cluster = workersReporting(
    ['mail.send', 'mail.sendAll [rate_limit=1/s]'],
    ['mail.send [rate_limit=10/m soft_time_limit=5 time_limit=7.5]'],
  );
  assert.deepEqual(await readTaskLimits(cluster, 'mail.send'), { rateLimit: '10/m', softSeconds: 5, hardSeconds: 7.5 });
});

test('a limit that was removed is none, and neither is one that nobody reports', async () => {
  const none = { rateLimit: null, softSeconds: null, hardSeconds: null };
  assert.deepEqual(await readTaskLimits(workersReporting(['a [rate_limit=0]']), 'a'), none);
  assert.deepEqual(await readTaskLimits(workersReporting(['b [rate_limit=3/s]', 7, null]), 'a'), none);
  assert.deepEqual(await readTaskLimits(workersReporting(), 'a'), none);
});
