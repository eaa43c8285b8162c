import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atOnce } from '../../../../server/state/queries/slices.ts';
import { below, makeRandom } from '../random.ts';
import { idOf, makeState, received, t0, taskEvent } from '../someEvents.ts';

/** Tasks that follow one another by `stepSeconds`, most of them children of one of the thousand before. */
const familyOf = (count: number, stepSeconds: number) => {
  const state = makeState(count);
  const random = makeRandom(7);
  for (let task = 0; task < count; task++) {
    const at = task * stepSeconds;
    const parent = task > 0 && random() < 0.8 ? idOf(Math.max(0, task - 1 - below(random, 1_000))) : null;
    state.apply(received(task, at, { parent_id: parent, root_id: parent }), (t0 + at) * 1_000);
    if (task % 10 === 0) state.apply(taskEvent('failed', task, at, { exception: 'E()' }), (t0 + at) * 1_000);
  }
  return state;
};

for (const [what, count, stepSeconds] of [
  ['among the newest', 4_000, 1],
  ['where very many are newer', 60_000, 0.0001],
] as const)
  test(`tasks that are asked for together have the same children as each alone: ${what}`, () => {
    const state = familyOf(count, stepSeconds);
    const ids = [idOf(count - 10), idOf(count - 500), idOf(count - 2_010), 'no such task', idOf(0)];
    const alone = ids.flatMap((id) => state.tasks.find(id) ?? []);
    assert.ok(alone.some(({ childIds }) => childIds.length > 0));
    assert.deepEqual(atOnce(state.tasks.findAll(ids)), alone);
  });
