import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ownCopy } from '../../../server/celery/ownCopy.ts';
import { collectGarbage } from '../collectGarbage.ts';

const texts = 200;
const longLength = 100_000;

const heldFor = async (copy: (text: string) => string): Promise<number> => {
  await collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: texts }, (_, index) =>
    copy(`${index}${'x'.repeat(longLength)}`.replaceAll('x', 'y').slice(50, 150)),
  );
  await collectGarbage();
  assert.ok(kept.every((text) => text === 'y'.repeat(100)));
  return (process.memoryUsage().heapUsed - before) / texts;
};

it('a copy of a part keeps nothing of the whole in memory', async () => {
  assert.ok((await heldFor((text) => text)) > longLength / 2, 'a part holds the whole');
  assert.ok((await heldFor(ownCopy)) < 5_000);
});

it('a copy is the same text, whatever it holds', () => {
  for (const text of [
    '',
    'short',
    'a text of some length',
    'ü'.repeat(20),
    `half ${'\ud800'} a pair and more`,
    '🥕'.repeat(9),
  ])
    assert.equal(ownCopy(text), text);
});
