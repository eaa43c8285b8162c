import assert from 'node:assert/strict';
import { it } from 'node:test';
import { TopRows } from '../../../../server/state/queries/topRows.ts';
import { below, makeRandom } from '../random.ts';

it('keeps the first of all rows offered, in order', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = makeRandom(seed);
    const keys = Array.from({ length: below(random, 60) }, () => below(random, 30));
    const limit = 1 + below(random, 20);
    const compare = (a: number, aKey: number, b: number, bKey: number): number => aKey - bKey || a - b;
    const top = new TopRows(limit, compare);
    for (const [row, key] of keys.entries()) top.offer(row, key);
    const sorted = [...keys.keys()].sort((a, b) => compare(a, keys[a] ?? 0, b, keys[b] ?? 0));
    assert.deepEqual(top.sorted(), sorted.slice(0, limit));
  }
});
