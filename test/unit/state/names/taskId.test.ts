import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatUuid, hashText, parseUuid } from '../../../../server/state/names/taskId.ts';
import { makeRandom, uuidFrom } from '../random.ts';

it('reads a UUID and writes the same one back', () => {
  const random = makeRandom(3);
  const words = new Int32Array(4);
  for (let count = 0; count < 1000; count++) {
    const uuid = uuidFrom(random);
    assert.ok(parseUuid(uuid, words));
    assert.equal(formatUuid(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0), uuid);
  }
});

it('takes nothing for a UUID that could not be written back as it was', () => {
  const words = new Int32Array(4);
  for (const text of [
    '',
    'order-4711',
    '00000000-0000-4000-8000-00000000000A',
    '00000000-0000-4000-8000-00000000000',
    '00000000-0000-4000-8000-0000000000000',
    '00000000x0000-4000-8000-000000000000',
    '00000000-0000-4000-8000-00000000000g',
    '00000000-0000-4000-8000-00000000000é',
    '000000000000-4000-8000-00000000000-00',
  ]) {
    assert.equal(parseUuid(text, words), false, text);
  }
});

it('gives different texts different words', () => {
  const seen = new Set<string>();
  const words = new Int32Array(4);
  for (let index = 0; index < 20_000; index++) {
    hashText(`order-${index}`, words);
    seen.add(words.join());
  }
  assert.equal(seen.size, 20_000);
});
