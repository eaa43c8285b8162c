import assert from 'node:assert/strict';
import { it } from 'node:test';
import { TextArena } from '../../../../server/state/texts/textArena.ts';
import { below, makeRandom } from '../random.ts';

const fillBlock = (arena: TextArena, handle: number, size: number, value: number): void => {
  const at = arena.offsetOf(handle);
  arena.pageOf(handle).bytes.fill(value, at + 4, at + size);
};

const isFilled = (arena: TextArena, handle: number, size: number, value: number): boolean => {
  const at = arena.offsetOf(handle);
  return arena
    .pageOf(handle)
    .bytes.subarray(at + 4, at + size)
    .every((byte) => byte === value);
};

it('never lets two blocks overlap, whatever is allocated and freed', () => {
  const random = makeRandom(4);
  const arena = new TextArena();
  const held: { handle: number; size: number; value: number }[] = [];
  for (let step = 0; step < 20_000; step++) {
    if (held.length < 50 || random() < 0.5) {
      const size = 5 + below(random, random() < 0.02 ? 100_000 : 300);
      const block = { handle: arena.allocate(size, step), size, value: 1 + below(random, 255) };
      assert.notEqual(block.handle, 0);
      fillBlock(arena, block.handle, size, block.value);
      held.push(block);
    } else {
      const [block] = held.splice(below(random, held.length), 1);
      assert.ok(block && isFilled(arena, block.handle, block.size, block.value));
      arena.free(block.handle);
    }
  }
  assert.ok(held.every((block) => isFilled(arena, block.handle, block.size, block.value)));
});

it('gives memory back when blocks are freed', () => {
  const arena = new TextArena();
  const handles = Array.from({ length: 10_000 }, (_, row) => arena.allocate(100 + (row % 3) * 1000, row));
  const most = arena.bytesHeld;
  for (const handle of handles) arena.free(handle);
  assert.ok(most > 10_000_000);
  assert.ok(arena.bytesHeld < 500_000, `${arena.bytesHeld} bytes still held`);
});

it('uses freed blocks before it takes more memory', () => {
  const arena = new TextArena();
  let handles = Array.from({ length: 5000 }, (_, row) => arena.allocate(60, row));
  const once = arena.bytesHeld;
  for (let round = 0; round < 20; round++) {
    for (const handle of handles) arena.free(handle);
    handles = Array.from({ length: 5000 }, (_, row) => arena.allocate(60, row));
  }
  assert.ok(arena.bytesHeld <= once);
});

it('says whether a text still fits its block without wasting it', () => {
  const arena = new TextArena();
  const small = arena.allocate(30, 0);
  assert.deepEqual([arena.fits(small, 32), arena.fits(small, 33), arena.fits(small, 16)], [true, false, false]);
  const large = arena.allocate(20_000, 0);
  assert.deepEqual(
    [arena.fits(large, 15_000), arena.fits(large, 9000), arena.fits(large, 30_000)],
    [true, false, false],
  );
});
