import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { below, makeRandom, uuidFrom } from '../random.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../someEvents.ts';

/** Both ways: newest first is looked through task by task, any other order page by page of memory. */
const find = (state: ClusterState, text: string): string[] => {
  const walked = state.tasks.page({ text, limit: 1000 }).tasks.map(({ id }) => id);
  const scanned = state.tasks.page({ text, limit: 1000, sort: { column: 'updated', descending: false } }).tasks;
  assert.deepEqual(scanned.map(({ id }) => id).toReversed(), walked, `both ways for ${JSON.stringify(text)}`);
  return walked;
};

describe('a text search', () => {
  it('finds exactly the tasks that hold the text', () => {
    const alphabet = ["'", 'a', 'B', 'b', 'e', ' ', '(', '1', 'ü', 'Z', '\u0000', 'q'];
    for (let seed = 0; seed < 8; seed++) {
      const random = makeRandom(seed);
      const word = (longest: number): string =>
        Array.from({ length: below(random, longest) }, () => alphabet[below(random, alphabet.length)]).join('');
      const state = makeState(120);
      for (let index = 0; index < 200; index++) {
        const id = uuidFrom(random);
        applyAll(state, received(id, index, { args: word(40), kwargs: word(8) }));
        if (random() < 0.5) applyAll(state, taskEvent('succeeded', id, index, { result: word(90), runtime: 1 }));
        else
          applyAll(
            state,
            taskEvent('failed', id, index, { exception: word(20), traceback: `${word(90)}\n${word(9)}` }),
          );
      }
      const tasks = state.tasks.page({ limit: 1000 }).tasks;
      for (let count = 0; count < 40; count++) {
        const text = word(5) || 'b';
        const folded = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
        const holds = (value: string | null): boolean =>
          (value ?? '').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).includes(folded);
        const wanted = tasks.filter((task) =>
          [task.args, task.kwargs, task.result, task.exception, task.name, task.worker, task.queue, task.state].some(
            holds,
          ),
        );
        assert.deepEqual(
          find(state, text),
          wanted.map(({ id }) => id),
          `seed ${seed}, ${JSON.stringify(text)}`,
        );
      }
    }
  });

  it('does not find what two texts make together, nor what a shorter text has replaced', () => {
    const state = applyAll(
      makeState(),
      received(1, 0, { args: 'left', kwargs: 'right' }),
      received(2, 0, { args: 'a very long secret' }),
      received(2, 1, { args: 'a very short one' }),
    );
    assert.deepEqual(
      ['leftright', 'tr', 'secret', 'short'].map((text) => find(state, text).length),
      [0, 0, 0, 1],
    );
  });

  it('does not find forgotten tasks, whose rows and memory others have now', () => {
    const state = makeState(5);
    for (let task = 0; task < 20; task++)
      applyAll(state, taskEvent('succeeded', task, task, { result: `'top secret ${task}'` }));
    for (let task = 20; task < 25; task++) applyAll(state, received(task, task));
    assert.deepEqual(find(state, 'secret'), []);
  });

  it('finds ids by their beginning, from six characters on', () => {
    const id = 'c0ffee12-3456-4789-8abc-def012345678';
    const state = applyAll(makeState(), received(id), received(2), received('order-4711', 1));
    for (const text of ['c0ffee', 'C0FFEE12', 'c0ffee12-', 'c0ffee12-3456-4', id])
      assert.deepEqual(find(state, text), [id], text);
    for (const text of ['c0ffe', '0ffee1', 'c0ffee123', 'c0ffee12-3457', `${id}0`, 'c0ffee-12'])
      assert.deepEqual(find(state, text), [], text);
    assert.deepEqual(find(state, 'R-47'), ['order-4711']);
  });

  it('looks into values that were no strings, but not into tracebacks', () => {
    const state = applyAll(
      makeState(),
      taskEvent('succeeded', 1, 0, { result: { deep: ['needle'] } }),
      taskEvent('failed', 2, 0, { exception: 'E()', traceback: `${'File findme\n'.repeat(20)}findme` }),
    );
    assert.deepEqual(find(state, 'needle'), [idOf(1)]);
    assert.deepEqual(find(state, 'findme'), []);
  });

  it('finds tasks by the name of their type, worker, queue, sender and state', () => {
    const state = applyAll(
      makeState(),
      taskEvent('received', 1, 0, { name: 'reports.nightly', hostname: 'orders@shop' }),
      taskEvent('sent', 2, 1, { name: 'mail.send', queue: 'emails', hostname: 'gen7@web' }),
      taskEvent('failed', 3, 2, { exception: 'E()' }),
    );
    const numbers = (text: string): string[] => find(state, text);
    assert.deepEqual(numbers('reports.nightly'), [idOf(1)]);
    assert.deepEqual(numbers('NIGHT'), [idOf(1)]);
    assert.deepEqual(numbers('orders@shop'), [idOf(1)]);
    assert.deepEqual(numbers('email'), [idOf(2)]);
    assert.deepEqual(numbers('gen7'), [idOf(2)]);
    assert.deepEqual(numbers('failure'), [idOf(3)]);
  });

  it('passes the newest twenty thousand by and finds the old one', () => {
    const state = makeState(21_000);
    for (let task = 0; task < 21_000; task++)
      applyAll(state, received(task, 0, { args: task === 5 ? 'needle' : '()' }));
    assert.deepEqual(find(state, 'needle'), [idOf(5)]);
  });
});
