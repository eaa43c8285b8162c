import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, clock, duration, figure, inUnit, perSecond, share } from '../../../media/dashboard/format.ts';

test('figures are short and do not mislead', () => {
  const shown = [0, 7, 0.256, 12.34, 123.4, 9_994, 10_400, 999_400, 999_600, 12_345_678].map(figure);
  assert.deepEqual(shown, ['0', '7', '0.26', '12.3', '123', '9994', '10.4k', '999k', '1M', '12.3M']);
});

test('durations have the unit that fits', () => {
  const shown = [0, 0.0021, 0.206, 0.9996, 2.5, 99, 312, 7_200, 200_000].map(duration);
  assert.deepEqual(shown, ['0 s', '2.1 ms', '206 ms', '1 s', '2.5 s', '99 s', '5.2 min', '2 h', '2.31 d']);
});

test('a share that is not all is never shown as all, and one that is not nothing never as nothing', () => {
  assert.deepEqual([0, 0.0001, 0.036, 0.5, 0.9999, 1].map(share), [
    '0 %',
    '<0.1 %',
    '3.6 %',
    '50 %',
    '>99.9 %',
    '100 %',
  ]);
});

test('what is slow is told by the minute', () => {
  assert.deepEqual([48.2, 0.5, 0.002, 0].map(perSecond), ['48.2/s', '0.5/s', '0.12/min', '0/s']);
});

test('memory, times of day and what is not known', () => {
  assert.deepEqual([bytes(48e6), bytes(2.1e9)], ['48 MB', '2.1 GB']);
  const at = new Date(2026, 10, 20, 9, 5, 7).getTime();
  assert.deepEqual([clock(at), clock(at, 3_600_000), clock(at, 7 * 86_400_000)], ['09:05:07', '09:05', '11-20 09:05']);
  assert.deepEqual([inUnit(null, 'seconds'), inUnit(0.05, 'share')], ['–', '5 %']);
});
