import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseStep, highestOf, resample, timeSteps } from '../../../../server/state/figures/timeSteps.ts';

const now = 1_800_000_000_000;
const minutes = (count: number): number => count * 60_000;
const stepOf = (agoMs: number, untilMs = 0, isFiltered = false): number =>
  timeSteps(now - agoMs, now - untilMs, now, isFiltered).stepSeconds;

test('each range has steps that a chart can show', () => {
  const ranges = [5, 15, 60, 180, 360, 1440, 10_080];
  assert.deepEqual(
    ranges.map((range) => stepOf(minutes(range))),
    [2, 5, 20, 60, 120, 600, 3600],
  );
});

test('no step is finer than what is still remembered of its time', () => {
  assert.equal(stepOf(minutes(120), minutes(119)), 10);
  assert.equal(stepOf(minutes(1440), minutes(1439)), 60);
  assert.equal(stepOf(minutes(5), 0, true), 5);
  assert.equal(stepOf(minutes(20), minutes(19), true), 60);
});

test('steps begin at whole multiples of their length and cover the whole span', () => {
  const { from, count, stepSeconds } = timeSteps(now - minutes(15) - 1, now, now, false);
  assert.equal(from % (stepSeconds * 1000), 0);
  assert.ok(from <= now - minutes(15) && from + count * stepSeconds * 1000 >= now);
});

test('a coarser step is made of finer ones, and unknown only if all of them are', () => {
  assert.deepEqual(resample([1, 5, null, null, null, 2, 7], 2, highestOf), [5, null, 2, 7]);
  assert.deepEqual([5, 20, 120].map(baseStep), [1, 10, 60]);
});
