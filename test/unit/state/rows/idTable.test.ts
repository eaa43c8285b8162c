import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseUuid } from '../../../../server/state/names/taskId.ts';
import { IdTable } from '../../../../server/state/rows/idTable.ts';
import { below, makeRandom, uuidFrom } from '../random.ts';

const wordsOf = (uuid: string): Int32Array => {
  const words = new Int32Array(4);
  assert.ok(parseUuid(uuid, words));
  return words;
};

it('finds what a map finds, through tens of thousands of additions and deletions', () => {
  const random = makeRandom(1);
  const rows = 5000;
  const table = new IdTable(rows);
  const map = new Map<string, number>();
  const free = Array.from({ length: rows }, (_, row) => row);
  const known: string[] = [];
  for (let step = 0; step < 40_000; step++) {
    // Grows first, then shrinks, then both.
    const wantsMore = step < 4000 || (step > 25_000 && random() < 0.5);
    const row = wantsMore ? free.pop() : undefined;
    if (row !== undefined) {
      const uuid = uuidFrom(random);
      table.add(wordsOf(uuid), row);
      map.set(uuid, row);
      known.push(uuid);
    } else if (known.length > 0) {
      const [uuid = ''] = known.splice(below(random, known.length), 1);
      const held = map.get(uuid) ?? -1;
      table.delete(held);
      map.delete(uuid);
      free.push(held);
      assert.equal(table.find(wordsOf(uuid)), -1);
    }
    const probe = known[below(random, known.length)];
    if (probe !== undefined) assert.equal(table.find(wordsOf(probe)), map.get(probe));
    assert.equal(table.size, map.size);
  }
  for (const [uuid, row] of map) assert.equal(table.find(wordsOf(uuid)), row);
});

it('stays quick for ids that differ in one word only, as counters and clocks do', () => {
  const count = 60_000;
  const table = new IdTable(count);
  const words = new Int32Array(4);
  for (let row = 0; row < count; row++) {
    words[row & 3] = row;
    table.add(words, row);
    words[row & 3] = 0;
  }
  assert.equal(table.longestProbe() < 100, true, `longest probe ${table.longestProbe()}`);
});

it('keeps its ids when the rows grow', () => {
  const random = makeRandom(2);
  const table = new IdTable(1);
  const first = uuidFrom(random);
  const second = uuidFrom(random);
  table.add(wordsOf(first), 0);
  table.growRows(2);
  table.add(wordsOf(second), 1);
  assert.deepEqual([table.find(wordsOf(first)), table.find(wordsOf(second))], [0, 1]);
});
