import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { TaskQuery } from '../../server/api/tasks.ts';
import { open, record, tempFolder } from '../unit/history/somethingKept.ts';
import { applyAll, makeState, received, taskEvent } from '../unit/state/someEvents.ts';
import { CpuStalls } from './cpuStalls.ts';

const workerFile = join(import.meta.dirname, '../../server/history/historyWorker.ts');
const tasks = 20_000;
const longestMs = 50;
const tries = 4;

/** Each has to look at every task that is kept. */
const searches: readonly TaskQuery[] = [
  { text: 'nowhere to be found' },
  { text: '(Ü', sort: { column: 'args', descending: false }, limit: 1_000 },
  { sort: { column: 'result', descending: true }, limit: 1_000 },
];

it('a search through a large history does not hold up the loop of the engine', async (t) => {
  const history = await open(tempFolder(t), { workerFile });
  t.after(() => history.close());
  const state = makeState(tasks);
  await record(history, state, () => {
    for (let task = 0; task < tasks; task++)
      applyAll(
        state,
        received(task, 1, { args: `('Ü${task}', ${'x'.repeat(200)})` }),
        taskEvent('succeeded', task, 2, { result: `'${task}'`, runtime: 1 }),
      );
  });
  const stalls = new CpuStalls();
  t.after(() => stalls.end());
  for (const query of searches) {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < tries && least > longestMs; run++) {
      stalls.take();
      const { held } = await history.queryTasks(query);
      least = Math.min(least, stalls.take());
      assert.equal(held, tasks);
    }
    assert.ok(least <= longestMs, `${JSON.stringify(query)}: ${least.toFixed(0)} ms`);
  }
});
