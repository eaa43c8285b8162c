import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueueSeries } from '../../../../server/state/figures/queueSeries.ts';

const t0 = 1_800_000_000_000;

test('keeps the peak of each step, and a reading for half a minute', () => {
  const series = new QueueSeries();
  series.note('emails', 5, t0);
  series.note('emails', 90, t0 + 4_000);
  series.note('emails', 7, t0 + 9_000);
  series.note('emails', 3, t0 + 60_000);
  const first = t0 / 10_000;
  assert.deepEqual(series.read('emails', 10, first - 1, 7), [null, 90, 90, 90, 90, null, null]);
  assert.deepEqual(series.read('emails', 60, t0 / 60_000, 3), [90, 3, null]);
  assert.deepEqual(series.read('nobody', 10, first, 2), [null, null]);
});

test('tells an hour by ten seconds, half a day by the minute, seven days by the quarter of an hour', () => {
  const series = new QueueSeries();
  const steps = [1, 6, 12, 168].map((hours) => series.stepFor(t0 - hours * 3_600_000, t0, t0));
  assert.deepEqual(steps, [10, 60, 60, 900]);
  assert.equal(series.stepFor(t0 - 600_000, t0 - 540_000, t0), 10);
  assert.equal(series.stepFor(t0 - 20 * 3_600_000, t0 - 19 * 3_600_000, t0), 900);
});

test('holds five hundred queues; one that was not read for a minute makes room', () => {
  const series = new QueueSeries();
  for (let index = 0; index < 500; index++) series.note(`q${index}`, index, t0 + index);
  series.note('late', 1, t0 + 1_000);
  assert.ok(!series.names.includes('late'));
  series.note('late', 1, t0 + 61_000);
  assert.ok(series.names.includes('late') && !series.names.includes('q0'));
  assert.equal(series.names.length, 500);
});
