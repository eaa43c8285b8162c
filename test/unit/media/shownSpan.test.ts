import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownSpan } from '../../../media/dashboard/shownSpan.ts';

const minute = 60_000;
const read = (...points: readonly (readonly (number | null)[])[]) =>
  ({ from: 0, to: 15 * minute, stepSeconds: 60, points: Object.fromEntries(points.entries()) }) as never;

test('charts start where the first figure is known', () => {
  const late = Array.from({ length: 15 }, (_, step) => (step < 8 ? null : 1));
  const later = late.map((value, step) => (step < 11 ? null : value));
  assert.deepEqual(shownSpan(read(later, late), false), { from: 8 * minute, to: 15 * minute });
});

test('charts show two minutes at least, and all of a span that was chosen or of which nothing is known', () => {
  const last = Array.from({ length: 15 }, (_, step) => (step < 14 ? null : 1));
  assert.deepEqual(shownSpan(read(last), false), { from: 13 * minute, to: 15 * minute });
  assert.deepEqual(shownSpan(read(last), true), { from: 0, to: 15 * minute });
  assert.deepEqual(shownSpan(read([null, null]), false), { from: 0, to: 15 * minute });
});
