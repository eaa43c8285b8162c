import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openHistory } from '../../server/history/openHistory.ts';
import { ClusterState } from '../../server/state/clusterState.ts';

/**
 * A backend for tests to kill: `node historyWriter.ts <folder> <first task> <tasks, or "endless">`. Tasks end as fast as
 * they can be written, every tenth failing; it says how many are.
 */
const [, , folder = '', firstText = '0', countText = 'endless'] = process.argv;
const first = Number(firstText);
const count = countText === 'endless' ? Number.POSITIVE_INFINITY : Number(countText);

const history = await openHistory({
  folder,
  connectionId: 'shop',
  workerFile: join(import.meta.dirname, '../../server/history/historyWorker.ts'),
  log: (sentence) => console.error(sentence),
  now: Date.now,
});
const state = new ClusterState({ maxTasks: 100_000, workerLostAfterMs: 20_000, startedAt: Date.now() });
const recording = history.record(state);
const started = 1_800_000_000;
for (let index = first; index < first + count; index++) {
  const end =
    index % 10 === 0
      ? { type: 'task-failed', exception: `ValueError(${index})`, traceback: `Traceback:\nValueError: ${index}\n` }
      : { type: 'task-succeeded', result: 'x'.repeat(index % 300), runtime: 1 };
  const uuid = `${(Math.imul(index, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  state.apply({ hostname: 'celery@a', timestamp: started + index, clock: index, uuid, ...end }, Date.now());
  if (index % 250 !== 249) continue;
  recording.tick();
  process.stdout.write(`${history.status.written}\n`);
  while (index - first - history.status.written > 2_000) {
    await wait(1);
    recording.tick();
  }
}
await recording.stop();
await history.close();
process.stdout.write(`${history.status.written} done\n`);
