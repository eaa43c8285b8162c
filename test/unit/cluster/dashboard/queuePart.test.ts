import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queue } from '../../../../server/api/model.ts';
import { cpuShareOf } from '../../../../server/cluster/dashboard/cpuShare.ts';
import { queuePart } from '../../../../server/cluster/dashboard/queuePart.ts';
import { QueueSeries } from '../../../../server/state/figures/queueSeries.ts';

const now = 1_800_000_000_000;

const aQueue = (name: string, ready: number): Queue => ({
  name,
  exists: true,
  ready,
  unacked: 0,
  consumers: 1,
  updatedAt: now,
  growthPerSecond: null,
  drainSeconds: null,
  workers: [],
});

const someQueues = (count: number) => {
  const series = new QueueSeries();
  const queues = Array.from({ length: count }, (_, index) => aQueue(`q${index}`, index));
  for (const { name, ready } of queues) series.note(name, ready ?? 0, now - 5_000);
  return { queues, series };
};

test('of two hundred queues the deepest are drawn one by one, the others together', () => {
  const part = queuePart({ ...someQueues(200), fits: () => true, from: now - 60_000, to: now, now, gaps: [] });
  assert.deepEqual(
    part.lines.map(({ name }) => name),
    ['q199', 'q198', 'q197', 'q196', 'q195', 'q194'],
  );
  assert.equal(part.others?.count, 194);
  assert.equal(part.total.at(-1), (199 * 200) / 2);
  assert.equal(part.others?.ready.at(-1), (193 * 194) / 2);
});

test('with a filter only the queues that fit are there', () => {
  const part = queuePart({
    ...someQueues(20),
    fits: (name) => name === 'q3',
    from: now - 60_000,
    to: now,
    now,
    gaps: [],
  });
  assert.deepEqual([part.lines.length, part.others, part.total.at(-1)], [1, null, 3]);
});

test('while there was no connection, nothing is known of a queue either', () => {
  const gap = {
    from: now - 60_000,
    to: now,
    cause: 'disconnected' as const,
    reason: 'The broker was not connected.',
  };
  const span = { from: now - 120_000, to: now, now };
  const part = queuePart({ ...someQueues(3), fits: () => true, ...span, gaps: [gap] });
  assert.deepEqual([part.lines[0]?.ready.at(-1), part.total.at(-1), part.deepest], [null, null, 2]);
});

test('the processor time of a worker is what it used between two answers', () => {
  const stats = {
    pid: 1,
    uptimeSeconds: 60,
    pool: 'prefork',
    concurrency: 8,
    prefetchCount: 32,
    begun: null,
    timeLimitSeconds: null,
    softTimeLimitSeconds: null,
    peakMemoryBytes: 1,
    cpuSeconds: 45,
  };
  const survey = { hostname: 'a', missed: 0, settings: null, limits: new Map(), active: [], stats };
  const before = { at: now - 60_000, cpuSeconds: 15 };
  assert.equal(cpuShareOf({ ...survey, answeredAt: now, before }), 0.5);
  assert.equal(cpuShareOf({ ...survey, answeredAt: now, before: null }), null);
  assert.equal(cpuShareOf({ ...survey, answeredAt: now, before: { ...before, cpuSeconds: 99 } }), null);
});
