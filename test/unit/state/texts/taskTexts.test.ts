import assert from 'node:assert/strict';
import { it } from 'node:test';
import { below, makeRandom, uuidFrom } from '../random.ts';
import { applyAll, makeState, received, taskEvent } from '../someEvents.ts';

const texts = [
  '',
  '()',
  "({'id': 1},)",
  'é',
  '日本語 ☕ 🥕',
  'x'.repeat(95),
  'x'.repeat(96),
  'x'.repeat(97),
  'ü'.repeat(3000),
  'a\u0000b\n"\\',
  '\u007f\u0080',
  'half \ud800 pair',
];

it('gives every text back as it came, whatever came before it', () => {
  const random = makeRandom(5);
  const state = makeState();
  const known = new Map<number, Record<string, string | null>>();
  for (let step = 0; step < 3000; step++) {
    const task = below(random, 20);
    const pick = (): string | null | undefined => {
      const roll = random();
      return roll < 0.2 ? undefined : roll < 0.3 ? null : texts[below(random, texts.length)];
    };
    const fields = { args: pick(), kwargs: pick(), eta: pick(), expires: pick(), result: pick(), exception: pick() };
    // A retry is never late, so that each field it has is taken.
    state.apply(
      { type: 'task-retried', hostname: 'celery@a', uuid: `task ${task}`, timestamp: 1 + step, ...fields },
      step,
    );
    const expected = known.get(task) ?? {
      args: null,
      kwargs: null,
      eta: null,
      expires: null,
      result: null,
      exception: null,
    };
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) expected[field] = value;
    known.set(task, expected);
    const { args, kwargs, eta, expires, result, exception } = state.tasks.find(`task ${task}`) ?? {};
    assert.deepEqual({ args, kwargs, eta, expires, result, exception }, expected);
  }
});

it('keeps root and parent ids, be they UUIDs, the task itself or any text', () => {
  const random = makeRandom(6);
  const [id, root] = [uuidFrom(random), uuidFrom(random)];
  const state = applyAll(
    makeState(),
    received(id, 0, { root_id: root, parent_id: 'order-1' }),
    received('own', 1, { root_id: 'own' }),
  );
  assert.deepEqual([state.tasks.find(id)?.rootId, state.tasks.find(id)?.parentId], [root, 'order-1']);
  assert.deepEqual([state.tasks.find('own')?.rootId, state.tasks.find('own')?.id], ['own', 'own']);
});

it('keeps a value that is no string as the value it is, and shows it as JSON', () => {
  const state = applyAll(makeState(), taskEvent('succeeded', 1, 0, { result: ['not', { a: 'repr' }], runtime: 1 }));
  assert.equal(state.tasks.find('00000000-0000-4000-8000-000000000001')?.result, '["not",{"a":"repr"}]');
  assert.deepEqual(Object.values(state.celerySnapshot().tasks)[0]?.['result'], ['not', { a: 'repr' }]);
});

it('cuts a text of absurd length and survives a value nested without end', () => {
  let nested: unknown = 'x';
  for (let depth = 0; depth < 200_000; depth++) nested = [nested];
  const state = applyAll(
    makeState(),
    taskEvent('succeeded', 1, 0, { result: 'x'.repeat(1_000_000) }),
    taskEvent('succeeded', 2, 1, { result: nested }),
  );
  assert.equal(state.tasks.find('00000000-0000-4000-8000-000000000001')?.result?.length, 65_537);
  assert.equal(state.tasks.find('00000000-0000-4000-8000-000000000002')?.result, '(nested too deeply)');
});

it('puts a traceback together again from its shared and its own part', () => {
  const frames =
    'Traceback (most recent call last):\n  File "/app/shop/tasks.py", line 12, in charge\n    raise ValueError(order)\n';
  const state = makeState();
  const tracebacks = [`${frames}ValueError: 1\n`, `${frames}ValueError: 2`, 'short', '', `${frames}\n`, frames];
  for (const [index, traceback] of tracebacks.entries())
    applyAll(state, taskEvent('failed', `t${index}`, index, { traceback }));
  assert.deepEqual(
    tracebacks.map((_, index) => state.tasks.find(`t${index}`)?.traceback),
    tracebacks,
  );
  applyAll(state, taskEvent('failed', 't0', 9, { traceback: null }));
  assert.equal(state.tasks.find('t0')?.traceback, null);
});
