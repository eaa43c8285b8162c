import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAll, makeState, taskEvent } from '../state/someEvents.ts';
import { open, record, tempFolder } from './somethingKept.ts';

test('a search and an order of the history go by what is shown, so that no secret is found by guessing', async (t) => {
  const history = await open(tempFolder(t));
  t.after(() => history.close());
  const state = makeState();
  await record(history, state, () => {
    for (const [task, secret] of ['zzz-secret', 'aaa-secret', 'mmm-secret'].entries())
      applyAll(
        state,
        taskEvent('received', task, 0, { kwargs: `{'password': '${secret}', 'order': ${task}}` }),
        taskEvent('succeeded', task, 1, { result: '1' }),
      );
  });
  const found = async (text: string) => (await history.queryTasks({ text })).tasks.length;
  assert.equal(await found('aaa-secret'), 0);
  assert.equal(await found("'order': 1"), 1);
  const sort = { column: 'kwargs', descending: false } as const;
  const { tasks, nextCursor } = await history.queryTasks({ sort, limit: 2 });
  assert.match(tasks[0]?.kwargs ?? '', /'order': 0/);
  assert.ok(nextCursor);
  const text = Buffer.from(nextCursor.replace('disk.', ''), 'base64url').toString();
  assert.ok(!`${text}${nextCursor}`.includes('secret'), text);
});

test('what the settings call a secret is not searched either', async (t) => {
  const history = await open(tempFolder(t), { redactPatterns: ['note'] });
  t.after(() => history.close());
  const state = makeState();
  await record(history, state, () =>
    applyAll(
      state,
      taskEvent('received', 1, 0, { kwargs: "{'note': 'hush', 'order': 1}" }),
      taskEvent('succeeded', 1, 1, { result: '1' }),
    ),
  );
  assert.equal((await history.queryTasks({ text: 'hush' })).tasks.length, 0);
  assert.equal((await history.queryTasks({ text: "'order'" })).tasks.length, 1);
});
