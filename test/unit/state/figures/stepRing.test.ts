import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noStep, StepRing } from '../../../../server/state/figures/stepRing.ts';

const minuteMs = 60_000;

test('a ring holds as many steps as it has slots, and the newest take the places of the oldest', () => {
  const ring = new StepRing(minuteMs, 3);
  for (const step of [100, 101, 102, 103]) ring.claim(step);
  assert.deepEqual(
    [99, 100, 101, 102, 103, 104].map((step) => ring.find(step)),
    [-1, -1, 2, 0, 1, -1],
  );
});

test('a ring that has heard of nothing holds no step, not even the first or one before it', () => {
  const ring = new StepRing(minuteMs, 3);
  for (const step of [-3, -1, 0, 1, Number.NaN]) assert.equal(ring.find(step), -1, `${step}`);
});

test('a step that is opened tells what its slot held before', () => {
  const ring = new StepRing(minuteMs, 2);
  assert.equal(ring.open(0), noStep);
  assert.equal(ring.open(59_999), 0);
  assert.equal(ring.open(minuteMs), noStep);
  assert.equal(ring.open(2 * minuteMs), 0);
  assert.deepEqual([ring.step, ring.slot], [2, 0]);
});

test('a step is open from its first to its last millisecond', () => {
  const ring = new StepRing(minuteMs, 2);
  assert.equal(ring.isOpen(0), false, 'nothing was opened yet');
  ring.open(90_000);
  assert.deepEqual(
    [59_999, 60_000, 119_999, 120_000].map((now) => ring.isOpen(now)),
    [false, true, true, false],
  );
});
