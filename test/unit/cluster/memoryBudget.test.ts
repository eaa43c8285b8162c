import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divideMemory } from '../../../server/cluster/memoryBudget.ts';
import { memoryThere } from '../../../server/cluster/memoryThere.ts';

const megabyte = 1024 * 1024;
const sum = (budget: object): number => Object.values(budget).reduce((total, bytes) => total + bytes, 0);
const divide = (mb: number, heapMb = mb / 2) => divideMemory({ bytes: mb * megabyte, heapBytes: heapMb * megabyte });

test('the stores of a container of 256 MB leave Node and the work their room', () => {
  assert.ok(sum(divide(256)) <= 144 * megabyte, `${sum(divide(256)) / megabyte} MB`);
});

test('more memory never makes a store smaller', () => {
  const sizes = [64, 128, 256, 512, 1_024, 8_192, 65_536].map((mb) => divide(mb));
  for (const [index, budget] of sizes.entries())
    for (const store of Object.keys(budget) as (keyof typeof budget)[])
      assert.ok(budget[store] >= (sizes[index - 1]?.[store] ?? 1), store);
});

test('long texts, raw events and failures are held in few megabytes on the largest machine too', () => {
  const { longTexts, rawEvents, failures } = divide(1_048_576, 4_096);
  assert.deepEqual([longTexts, rawEvents, failures], [64 * megabyte, 16 * megabyte, 16 * megabyte]);
});

test('what lies in the heap is limited by the heap', () => {
  const narrow = divide(65_536, 128);
  assert.ok(narrow.failures + narrow.replies + narrow.longTexts <= 64 * megabyte);
});

test('there is memory, and a heap in it', () => {
  const { bytes, heapBytes } = memoryThere();
  assert.ok(bytes > 64 * megabyte);
  assert.ok(heapBytes > 16 * megabyte);
});
