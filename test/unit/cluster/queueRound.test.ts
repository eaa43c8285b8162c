import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queueRound } from '../../../server/cluster/queueRound.ts';

const names = Array.from({ length: 100 }, (_, number) => `q${number}`);

/** Looks at the queues round after round; something waits in every tenth. Tells in which round each was looked at last. */
const looks = (rounds: number, limit: number) => {
  const known = new Map<string, { ready: number | null; updatedAt: number }>();
  const asked = Array.from({ length: rounds }, (_, round) => {
    const some = queueRound(names, known, limit);
    for (const name of some) known.set(name, { ready: name.endsWith('0') ? 5 : 0, updatedAt: round });
    return some;
  });
  return { known, asked };
};

test('as many queues as fit are looked at in every round', () => {
  assert.deepEqual(queueRound(names, new Map(), 100), names);
});

test('of more queues no round asks for more than the limit, and none twice', () => {
  for (const round of looks(40, 10).asked) {
    assert.equal(round.length, 10);
    assert.equal(new Set(round).size, 10);
  }
});

test('every queue is looked at before any is for the second time', () => {
  const { asked } = looks(10, 10);
  assert.equal(new Set(asked.flat()).size, 100);
});

test('those in which something waits come round first, and the empty ones are not forgotten for it', () => {
  const { known } = looks(60, 10);
  const ageOf = (isFull: boolean): number =>
    Math.max(
      ...[...known.values()].filter(({ ready }) => (ready === 5) === isFull).map(({ updatedAt }) => 59 - updatedAt),
    );
  assert.ok(ageOf(true) <= 2, `${ageOf(true)} rounds`);
  assert.ok(ageOf(false) <= 18, `${ageOf(false)} rounds`);
});
