import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClusterState } from '../../../../server/state/clusterState.ts';
import { collectGarbage } from '../../collectGarbage.ts';
import { applyAll, idOf, received, t0, taskEvent } from '../someEvents.ts';

const megabyte = 1024 * 1024;

const limits = {
  taskRows: 64 * megabyte,
  taskTexts: 256 * megabyte,
  longTexts: 32 * megabyte,
  unsavedTasks: 4 * megabyte,
};

const makeState = (memory: Partial<typeof limits> = {}): ClusterState =>
  new ClusterState({
    maxTasks: 100_000,
    workerLostAfterMs: 20_000,
    startedAt: t0 * 1000,
    memory: { ...limits, ...memory },
  });

/** A traceback of which nearly nothing is the same as in another. */
const longTraceback = (task: number, size: number): string =>
  `Traceback (most recent call last):\n  File "/app/a.py", line 1, in first\n    ${`${task} `.repeat(size / 5)}\nValueError: number ${task}`;

const failed = (task: number, size = 60_000) =>
  taskEvent('failed', task, task, {
    exception: `ValueError('${`${task}x`.repeat(size / 5)}')`,
    traceback: longTraceback(task, size),
  });

const used = async (): Promise<number> => {
  await collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

test('four thousand failures of 120 KB stay, in a few megabytes', async () => {
  const before = await used();
  const state = makeState();
  for (let task = 0; task < 4_000; task++) applyAll(state, received(task), failed(task));
  const grownMb = ((await used()) - before) / megabyte;
  assert.ok(grownMb < 100, `${Math.round(grownMb)} MB`);
  assert.equal(state.counters().tasks, 4_000);
  assert.equal(state.counters().evicted, 0);
  const { bytes, evicted } = state.stores().longTexts;
  assert.ok(bytes <= limits.longTexts && evicted > 3_000 && evicted < 4_000, `${bytes} bytes, ${evicted} shortened`);
});

test('of a failure that was shortened the start and the end of its traceback are left, of the latest all', () => {
  const state = makeState();
  for (let task = 0; task < 1_000; task++) applyAll(state, received(task), failed(task));
  const first = state.tasks.find(idOf(0));
  assert.match(first?.traceback ?? '', /^Traceback \(most recent call last\):\n {2}File "\/app\/a\.py"/);
  assert.match(first?.traceback ?? '', /\n… \(\d+ KB removed to stay within the memory limit\) …\n/);
  assert.match(first?.traceback ?? '', /\nValueError: number 0$/);
  assert.equal(state.tasks.find(idOf(999))?.traceback, longTraceback(999, 60_000));
});

test('what succeeded is shortened before what failed, however new it is', () => {
  const state = makeState({ longTexts: 2 * megabyte });
  applyAll(state, received(0), failed(0));
  for (let task = 1; task < 100; task++)
    applyAll(state, received(task), taskEvent('succeeded', task, task, { result: `${task} `.repeat(20_000) }));
  assert.equal(state.tasks.find(idOf(0))?.traceback, longTraceback(0, 60_000));
  assert.ok((state.tasks.find(idOf(1))?.result ?? '').length < 3_000);
});

test('many short texts make the least telling tasks be forgotten, and are counted', () => {
  const state = makeState({ taskTexts: 2 * megabyte });
  applyAll(state, received(0), failed(0, 1_000));
  for (let task = 1; task < 5_000; task++)
    applyAll(state, received(task, task, { args: `(${'x'.repeat(1_000)})` }), taskEvent('succeeded', task, task));
  const { taskTexts } = state.stores();
  assert.ok(taskTexts.bytes < 4 * megabyte, `${taskTexts.bytes} bytes`);
  assert.equal(taskTexts.evicted, state.counters().evicted);
  assert.equal(state.counters().tasks + taskTexts.evicted, 5_000);
  assert.equal(state.tasks.stateOf(idOf(0)), 'FAILURE');
});

test('tasks set aside for a history that does not keep up take no more than their share', () => {
  const state = makeState({ taskTexts: 2 * megabyte, unsavedTasks: megabyte });
  const ends = state.recordEnds();
  for (let task = 0; task < 5_000; task++)
    applyAll(state, received(task, task, { args: `(${'x'.repeat(1_000)})` }), taskEvent('succeeded', task, task));
  assert.ok(ends.bytesHeld <= 1.1 * megabyte, `${ends.bytesHeld} bytes`);
  assert.ok(ends.dropped > 1_000 && ends.dropped === state.stores().unsavedTasks.evicted);
});
