import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClusterState } from '../../server/state/clusterState.ts';
import { collectGarbage } from '../unit/collectGarbage.ts';
import { applyAll, received, t0, taskEvent } from '../unit/state/someEvents.ts';

const hour = 3_600;
const tasksPerSecond = 20;

const used = async (): Promise<number> => {
  await collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

test('what the state holds of a day is what it holds of three hours', async () => {
  const state = new ClusterState({ maxTasks: 2_000, workerLostAfterMs: 20_000, startedAt: t0 * 1_000 });
  let task = 0;
  const live = (from: number, to: number): void => {
    for (let second = from; second < to; second++) {
      for (let number = 0; number < tasksPerSecond; number++, task++) {
        const where = { hostname: `celery@${task % 50}` };
        const runtime = 0.1 + ((task * 7) % 100) / 50;
        const ended = taskEvent('succeeded', task, second, { ...where, result: '1', runtime });
        applyAll(state, received(task, second, { ...where, name: `shop.t${task % 10}` }), ended);
      }
      state.tick((t0 + second) * 1_000);
    }
  };
  live(0, 3 * hour);
  const before = await used();
  live(3 * hour, 24 * hour);
  const grownMb = ((await used()) - before) / 1024 / 1024;
  assert.ok(grownMb <= 1.5, `${grownMb.toFixed(2)} MB more after 21 hours`);
});
