import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inUnit } from '../../../media/page/inUnit.ts';
import { clock } from '../../../media/page/times.ts';

test('a time of day has its day where the span is longer than one', () => {
  const at = new Date(2026, 10, 20, 9, 5, 7).getTime();
  assert.deepEqual([clock(at), clock(at, 3_600_000), clock(at, 7 * 86_400_000)], ['09:05:07', '09:05', '11-20 09:05']);
});

test('an unknown figure is a dash in every unit', () => {
  assert.deepEqual([inUnit(null, 'seconds'), inUnit(0.05, 'share')], ['–', '5%']);
});
