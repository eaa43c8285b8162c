import assert from 'node:assert/strict';
import { it } from 'node:test';
import { InvalidCounts } from '../../../../server/state/figures/invalidCounts.ts';

it('counts by reason, and puts together what would be too many reasons', () => {
  const counts = new InvalidCounts();
  for (let index = 0; index < 1000; index++) counts.add(`reason ${index}`, 1);
  counts.add('reason 3', 4);
  const byReason = counts.toRecord();
  assert.equal(counts.total, 1004);
  assert.deepEqual([byReason['reason 3'], byReason['other reasons'], Object.keys(byReason).length], [5, 950, 51]);
});

it('keeps reasons short and takes any word for one', () => {
  const counts = new InvalidCounts();
  counts.add('x'.repeat(5000), 1);
  counts.add('__proto__', 2);
  assert.deepEqual(
    Object.entries(counts.toRecord()).map(([reason, count]) => [reason.length, count]),
    [
      [120, 1],
      [9, 2],
    ],
  );
});
