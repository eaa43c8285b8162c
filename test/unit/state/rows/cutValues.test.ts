import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readEnded } from '../../../../server/state/rows/endedBatch.ts';
import { taskSpans } from '../../../../server/telemetry/taskSpans.ts';
import { below, makeRandom } from '../random.ts';
import { applyAll, idOf, makeState, taskEvent } from '../someEvents.ts';

const longest = 65_536;
const fields = [
  'args',
  'kwargs',
  'result',
  'exception',
  'eta',
  'expires',
  'root_id',
  'parent_id',
  'traceback',
] as const;

/** Values whose JSON is about as long as a text may be, a little less and a little more. */
const someValue = (random: () => number): unknown => {
  const filling = ['x', 'ü', '🥕', '\ud800', '"', '\n'][below(random, 6)] ?? 'x';
  const text = filling.repeat(
    Math.ceil((longest - 40 + below(random, 80)) / JSON.stringify(filling).slice(1, -1).length),
  );
  switch (below(random, 5)) {
    case 0:
      return text;
    case 1:
      return [text];
    case 2:
      return { password: text };
    case 3:
      return Array.from({ length: longest / 2 - 10 + below(random, 20) }, () => below(random, 10));
    default:
      return { [text]: [1, { a: text }] };
  }
};

it('a value of any kind that was cut can be read in every list, snapshot, batch and trace', () => {
  const random = makeRandom(12);
  for (let round = 0; round < 100; round++) {
    const state = makeState();
    const ended = state.recordEnds();
    const values = Object.fromEntries(fields.filter(() => random() < 0.4).map((field) => [field, someValue(random)]));
    const subject = random() < 0.5 ? 'failed' : 'retried';
    applyAll(state, taskEvent('received', 1, 0, values), taskEvent(subject, 1, 1, values));
    const task = state.tasks.find(idOf(1));
    assert.ok(task);
    for (const text of [task.args, task.kwargs, task.result, task.exception])
      assert.ok(text === null || text.length <= longest + 1, `${text?.length} characters`);
    assert.equal(state.tasks.page({ limit: 10, text: 'x' }).tasks.length <= 1, true);
    assert.equal(state.tasks.window({ query: {}, offset: 0, limit: 10, order: null }).rows.length, 1);
    JSON.parse(JSON.stringify(state.celerySnapshot()));
    const batch = ended.take(10);
    assert.ok(batch);
    const [kept] = readEnded(batch);
    assert.deepEqual([kept?.args, kept?.result, kept?.exception], [task.args, task.result, task.exception]);
    const run = state.tasks.run(idOf(1));
    if (run) JSON.parse(JSON.stringify(taskSpans(run, task.exception)));
  }
});

it('a value that was cut is a text that begins as its JSON and ends with an ellipsis', () => {
  const state = applyAll(makeState(), taskEvent('received', 1, 0, { args: [['x'.repeat(longest)]], kwargs: { a: 1 } }));
  const task = state.tasks.find(idOf(1));
  assert.equal(task?.args, `[["${'x'.repeat(longest - 3)}…`);
  assert.equal(task?.kwargs, '{"a":1}');
  const [kept] = Object.values(state.celerySnapshot().tasks);
  assert.deepEqual([kept?.['args'], kept?.['kwargs']], [task?.args, { a: 1 }]);
});

it('a text is never cut within a character', () => {
  const state = applyAll(makeState(), taskEvent('received', 1, 0, { args: `${'x'.repeat(longest - 1)}🥕🥕` }));
  assert.equal(state.tasks.find(idOf(1))?.args, `${'x'.repeat(longest - 1)}…`);
});
