import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counters } from '../../../server/metrics/counters.ts';
import { Histograms } from '../../../server/metrics/histograms.ts';

const linesOf = (family: ReturnType<Counters['family']>): string[] =>
  [...family.samples].map(
    ({ suffix = '', labels, value }) => `${suffix}{${labels.map((pair) => pair.join('=')).join(',')}} ${value}`,
  );

test('a counter counts by its labels', () => {
  const counters = new Counters('runs_total', '', ['task', 'state'], 10);
  counters.add(['pay', 'SUCCESS']);
  counters.add(['pay', 'SUCCESS'], 2);
  counters.add(['pay', 'FAILURE'], 0);
  assert.deepEqual(linesOf(counters.family()), ['{task=pay,state=SUCCESS} 3', '{task=pay,state=FAILURE} 0']);
});

test('beyond the limit everything new is called other, nothing is lost, and that it happened is counted', () => {
  const counters = new Counters('runs_total', '', ['task'], 2);
  for (const task of ['a', 'b', 'c', 'd', 'a']) counters.add([task]);
  assert.deepEqual(linesOf(counters.family()), ['{task=a} 2', '{task=b} 1', '{task=other} 2']);
  assert.equal(counters.overflowed, 2);
});

test('labels that look alike when they are put together stay apart', () => {
  const counters = new Counters('runs_total', '', ['a', 'b'], 10);
  counters.add(['x,y', 'z']);
  counters.add(['x', 'y,z']);
  assert.equal([...counters.family().samples].length, 2);
});

test('a histogram counts each value in every bucket that can hold it', () => {
  const histograms = new Histograms('took_seconds', '', ['task'], [0.5, 1], 10);
  for (const seconds of [0.2, 0.5, 0.7, 9]) histograms.observe(['pay'], seconds);
  assert.deepEqual(linesOf(histograms.family()), [
    '_bucket{task=pay,le=0.5} 2',
    '_bucket{task=pay,le=1.0} 3',
    '_bucket{task=pay,le=+Inf} 4',
    '_sum{task=pay} 10.4',
    '_count{task=pay} 4',
  ]);
});

test('a histogram takes no time that cannot be', () => {
  const histograms = new Histograms('took_seconds', '', [], [1], 10);
  histograms.observe([], Number.NaN);
  histograms.observe([], -3);
  assert.deepEqual([...histograms.family().samples], []);
});
