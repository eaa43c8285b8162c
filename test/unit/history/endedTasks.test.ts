import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClusterState } from '../../../server/state/clusterState.ts';
import { type EndedBatch, type EndedTask, readEnded } from '../../../server/state/rows/endedBatch.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../state/someEvents.ts';
import { applyBusy } from './busyState.ts';

const most = 100_000;
const tasksIn = (batch: EndedBatch | null): EndedTask[] => (batch === null ? [] : [...readEnded(batch)]);
const idsIn = (batch: EndedBatch | null): string[] => tasksIn(batch).map(({ id }) => id);
const recorded = (maxTasks?: number) => {
  const state = makeState(maxTasks);
  return { state, ended: state.recordEnds() };
};

const assertAsHeld = (state: ClusterState, ended: EndedTask): void => {
  const task = state.tasks.find(ended.id);
  assert.ok(task, ended.id);
  const { childIds: _, traceback, revocation, ...rest } = task;
  const { tracebackHead, tracebackTail, terminated, expired, signal, eventAt: __, ...same } = ended;
  assert.deepEqual(same, rest);
  assert.equal(tracebackTail === null ? null : (tracebackHead ?? '') + tracebackTail, traceback);
  if (revocation) assert.deepEqual({ terminated, expired, signal }, revocation);
};

describe('tasks that have ended', () => {
  it('are handed over just as the state tells of them', () => {
    for (const seed of [1, 2, 3]) {
      const { state, ended } = recorded();
      applyBusy(state, seed);
      const taken = tasksIn(ended.take(most));
      assert.ok(taken.length > 150);
      for (const task of taken) assertAsHeld(state, task);
      const wanted = state.tasks.page({ states: ['SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED', 'RETRY'], limit: 1000 });
      assert.deepEqual(new Set(taken.map(({ id }) => id)), new Set(wanted.tasks.map(({ id }) => id)));
    }
  });

  it('are handed over in a copy that other tasks do not reach', () => {
    const { state, ended } = recorded(2);
    applyAll(state, received(1, 0, { args: "('first',)" }), taskEvent('succeeded', 1, 1, { result: '1' }));
    const batch = ended.take(most);
    for (let index = 2; index < 9; index++) {
      applyAll(state, received(index, index, { args: "('other',)" }), taskEvent('succeeded', index, index));
    }
    const [task] = tasksIn(batch);
    assert.deepEqual([task?.id, task?.args, task?.result], [idOf(1), "('first',)", '1']);
  });

  it('are handed over once, however many events come between', () => {
    const { state, ended } = recorded();
    applyAll(state, taskEvent('succeeded', 1, 1), taskEvent('succeeded', 1, 1), received(1, 0));
    assert.deepEqual(idsIn(ended.take(most)), [idOf(1)]);
    assert.equal(ended.take(most), null);
  });

  it('are handed over again when something becomes known of them later', () => {
    const { state, ended } = recorded();
    applyAll(state, taskEvent('succeeded', 1, 1));
    ended.take(most);
    applyAll(state, received(1, 0, { name: 'late.name' }));
    assert.deepEqual(
      tasksIn(ended.take(most)).map(({ name, state: its }) => [name, its]),
      [['late.name', 'SUCCESS']],
    );
  });

  it('are handed over again when they come to life again', () => {
    const { state, ended } = recorded();
    applyAll(state, taskEvent('failed', 1, 1, { exception: 'E()' }));
    ended.take(most);
    applyAll(state, taskEvent('retried', 1, 2, { exception: 'E()' }));
    assert.deepEqual(
      tasksIn(ended.take(most)).map(({ state: its }) => its),
      ['RETRY'],
    );
  });

  it('include every failed run, however soon the next follows', () => {
    const { state, ended } = recorded();
    const attempt = (at: number) => [
      received(1, at, { retries: at }),
      taskEvent('retried', 1, at + 0.1, { exception: `E(${at})` }),
    ];
    applyAll(state, ...attempt(0), ...attempt(1), ...attempt(2), taskEvent('succeeded', 1, 3));
    assert.deepEqual(
      tasksIn(ended.take(most)).map(({ state: its, exception }) => `${its} ${exception}`),
      ['RETRY E(0)', 'RETRY E(1)', 'RETRY E(2)', 'SUCCESS E(2)'],
    );
  });

  it('are those only: one that waits or runs is left out', () => {
    const { state, ended } = recorded();
    applyAll(state, taskEvent('sent', 1), received(2), received(3), taskEvent('started', 3, 1));
    assert.equal(ended.size, 0);
    assert.equal(ended.take(most), null);
  });

  it('are handed over even if the state has forgotten them meanwhile', () => {
    const { state, ended } = recorded(3);
    for (let index = 1; index <= 10; index++) {
      applyAll(state, received(index, index, { args: `(${index},)` }), taskEvent('succeeded', index, index + 0.5));
    }
    assert.equal(state.counters().tasks, 3);
    const taken = tasksIn(ended.take(most));
    assert.deepEqual(
      new Set(taken.map(({ id, args }) => `${id} ${args}`)),
      new Set(Array.from({ length: 10 }, (_, index) => `${idOf(index + 1)} (${index + 1},)`)),
    );
    assert.equal(taken.length, 10);
    assert.equal(ended.dropped, 0);
  });

  it('are given up when nobody takes them: the oldest first, and counted', () => {
    const { state, ended } = recorded(100_000);
    const limit = 65_536;
    for (let index = 0; index < limit + 10; index++) state.apply(taskEvent('succeeded', index, index / 1000), 0);
    assert.equal(ended.dropped, 10);
    const ids = new Set(idsIn(ended.take(most)));
    assert.equal(ids.size, limit);
    assert.equal(ids.has(idOf(9)), false);
    assert.equal(ids.has(idOf(10)), true);
  });

  it('take one place each while they wait, whatever else is heard of them', () => {
    const { state, ended } = recorded();
    applyAll(state, taskEvent('succeeded', 1, 1), taskEvent('succeeded', 2, 1));
    for (let index = 0; index < 70_000; index++) state.apply(taskEvent('succeeded', 2, 1), 0);
    assert.deepEqual([ended.size, ended.dropped], [2, 0]);
    assert.deepEqual(idsIn(ended.take(most)), [idOf(1), idOf(2)]);
  });

  it('are taken a part at a time, the oldest first', () => {
    const { state, ended } = recorded();
    for (let index = 1; index <= 5; index++) applyAll(state, taskEvent('succeeded', index, index));
    assert.deepEqual(idsIn(ended.take(2)), [idOf(1), idOf(2)]);
    assert.deepEqual(idsIn(ended.take(9)), [idOf(3), idOf(4), idOf(5)]);
  });

  it('cost nothing where nobody asked for them', () => {
    const state = makeState();
    applyAll(state, taskEvent('succeeded', 1, 1));
    assert.equal(state.recordEnds().size, 0);
  });
});
