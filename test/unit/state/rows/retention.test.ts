import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { below, makeRandom } from '../random.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../someEvents.ts';

const held = (state: ReturnType<typeof makeState>, ...tasks: readonly number[]): boolean[] =>
  tasks.map((task) => state.tasks.find(idOf(task)) !== null);

describe('when more tasks come than may be remembered', () => {
  it('the one that succeeded longest ago goes first', () => {
    const state = applyAll(
      makeState(3),
      taskEvent('succeeded', 1),
      taskEvent('succeeded', 2),
      taskEvent('succeeded', 3),
      received(4),
    );
    assert.deepEqual(held(state, 1, 2, 3, 4), [false, true, true, true]);
    assert.equal(state.counters().evicted, 1);
    assert.equal(state.counters().tasks, 3);
  });

  it('a success heard of again is young again', () => {
    const state = applyAll(
      makeState(2),
      taskEvent('succeeded', 1),
      taskEvent('succeeded', 2),
      taskEvent('succeeded', 1, 5),
      received(3),
    );
    assert.deepEqual(held(state, 1, 2, 3), [true, false, true]);
  });

  it('keeps a failed task longer than a waiting one, that longer than a revoked one, that longer than a success', () => {
    const state = applyAll(
      makeState(4),
      taskEvent('failed', 1),
      received(2),
      taskEvent('revoked', 3),
      taskEvent('succeeded', 4),
    );
    const orders = [5, 6, 7, 8].map((task) => {
      applyAll(state, taskEvent('started', task));
      return [1, 2, 3, 4].filter((old) => state.tasks.find(idOf(old)) !== null);
    });
    assert.deepEqual(orders, [[1, 2, 3], [1, 2], [1], []]);
  });

  it('running tasks go last of all, the oldest of them first', () => {
    const state = applyAll(
      makeState(2),
      taskEvent('started', 1),
      taskEvent('failed', 2),
      taskEvent('started', 3),
      taskEvent('progress', 4),
    );
    assert.deepEqual(held(state, 1, 2, 3, 4), [false, false, true, true]);
  });

  it('a task of a custom state counts as running, a cancelled one as done', () => {
    const state = applyAll(makeState(2), taskEvent('progress', 1), taskEvent('cancelled', 2), received(3), received(4));
    assert.deepEqual(held(state, 1, 2, 3, 4), [true, false, false, true]);
  });

  it('exactly the tasks stay that the order of forgetting says, after any history', () => {
    const ranks: Readonly<Record<string, number>> = {
      SUCCESS: 0,
      REVOKED: 1,
      REJECTED: 1,
      CANCELLED: 1,
      PENDING: 2,
      RECEIVED: 2,
      RETRY: 2,
      FAILURE: 3,
    };
    const subjects = [
      'sent',
      'received',
      'started',
      'succeeded',
      'failed',
      'retried',
      'revoked',
      'rejected',
      'progress',
      'cancelled',
    ];
    for (let seed = 0; seed < 10; seed++) {
      const random = makeRandom(seed);
      const state = makeState(12);
      let expected: { readonly task: number; readonly rank: number }[] = [];
      for (let step = 0; step < 400; step++) {
        const task = below(random, 30);
        const isNew = !expected.some((one) => one.task === task);
        if (isNew && expected.length === 12) {
          // The list is in the order of the last touch, so the first of the lowest rank is the one.
          const lowest = Math.min(...expected.map(({ rank }) => rank));
          expected = expected.toSpliced(
            expected.findIndex(({ rank }) => rank === lowest),
            1,
          );
        }
        applyAll(state, taskEvent(subjects[below(random, subjects.length)] ?? '', task, step));
        const rank = ranks[state.tasks.find(idOf(task))?.state ?? ''] ?? 4;
        expected = [...expected.filter((one) => one.task !== task), { task, rank }];
        const newestFirst = state.tasks.page({ limit: 100 }).tasks.map(({ id }) => id);
        assert.deepEqual(newestFirst, expected.map((one) => idOf(one.task)).toReversed(), `seed ${seed}, step ${step}`);
      }
    }
  });

  it('the limit holds for good, and nothing of the forgotten stays behind', () => {
    const state = makeState(100);
    for (let task = 0; task < 5000; task++) {
      const id = task % 3 === 0 ? `order-${task}` : idOf(task);
      applyAll(
        state,
        received(id, task, { name: `name ${task % 7}`, args: `(${'x'.repeat(task % 300)})` }),
        taskEvent(task % 5 === 0 ? 'failed' : 'succeeded', id, task + 0.5, {
          exception: `E(${task})`,
          traceback: `${'frame\n'.repeat(50)}${task}`,
        }),
      );
    }
    assert.equal(state.counters().tasks, 100);
    assert.equal(state.counters().evicted, 4900);
    assert.equal(Object.keys(state.celerySnapshot().tasks).length, 100);
    const counted = state.typeStats(1).flatMap(({ held }) => Object.values(held));
    assert.equal(
      counted.reduce((sum, count) => sum + count, 0),
      100,
    );
  });

  it('a limit of one task works', () => {
    const state = applyAll(makeState(1), received(1), received(2), taskEvent('succeeded', 2, 1), received(3));
    assert.deepEqual(held(state, 1, 2, 3), [false, false, true]);
  });
});
