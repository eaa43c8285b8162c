import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countedPoints } from '../../../../server/cluster/dashboard/countedPoints.ts';
import { groupPoints } from '../../../../server/cluster/dashboard/groupPoints.ts';
import { timeSteps } from '../../../../server/state/figures/timeSteps.ts';
import { WindowSum } from '../../../../server/state/figures/windowSum.ts';
import type { TaskChoice } from '../../../../server/state/queries/countedTasks.ts';
import { makeState, received, t0, taskEvent } from '../../state/someEvents.ts';

const ms = (at: number): number => (t0 + at) * 1000;
const now = ms(120);

/** Two minutes, a task each half second: every second one a refund, every third on worker b, every fifth fails. */
const busy = (maxTasks = 1000, skew = 0) => {
  const state = makeState(maxTasks);
  for (let index = 0; index < 240; index++) {
    const at = index / 2;
    const hostname = index % 3 === 0 ? 'b' : 'a';
    const name = index % 2 === 0 ? 'shop.refund' : 'shop.charge';
    const isFailed = index % 5 === 0;
    const end = isFailed ? { exception: 'E()' } : { runtime: index % 3 === 0 ? 4 : 1 };
    const events = [
      received(index, at, { name, hostname }),
      taskEvent('started', index, at, { hostname }),
      taskEvent(isFailed ? 'failed' : 'succeeded', index, at, { hostname, ...end }),
    ];
    for (const event of events) state.apply({ ...event, timestamp: event.timestamp + skew }, event.timestamp * 1000);
  }
  state.tick(now);
  return state;
};

const steps = timeSteps(ms(0), now, now, true);

const counted = (state: ReturnType<typeof busy>, choice: TaskChoice) => {
  const stepMs = steps.stepSeconds * 1000;
  return state.tasks.count({ choice, from: steps.from, stepMs, windowMinutes: 5, startedAt: ms(0) }, now);
};
const drawn = (state: ReturnType<typeof busy>, choice: TaskChoice, countedFrom = ms(0)) => {
  const isKnown = (_from: number, to: number): boolean => to > countedFrom;
  return countedPoints({ sums: counted(state, choice).steps, steps, now, isKnown, countedFrom, endsOnlyUntil: 0 });
};

describe('tasks that are counted one by one', () => {
  it('are as many as the figures kept of a task type, in every step', () => {
    const state = busy();
    const groups = state.groups('type').select((name) => name === 'shop.refund');
    const kept = groupPoints({ groups, steps, now, startedAt: ms(0), sums: [], historyStepSeconds: 60 });
    const { points, ended } = drawn(state, { names: ['shop.refund'] });
    for (const metric of ['received', 'succeeded', 'failed', 'retried'] as const)
      assert.deepEqual(points[metric], kept.points[metric], metric);
    assert.equal(ended, kept.ended);
    const window = new WindowSum(5);
    for (const group of groups) group.addTo(window, now);
    assert.deepEqual({ ...counted(state, { names: ['shop.refund'] }).window.stats() }, window.stats());
    assert.deepEqual(counted(state, { names: ['shop.refund'] }).held, state.heldByState(groups));
  });

  it('are those that fit all kinds of the filter, with their own quantiles', () => {
    const state = busy();
    const both = { names: ['shop.refund'], workers: ['b'] };
    const { points, ended } = drawn(state, both);
    assert.equal(ended, 40);
    assert.ok(points.runtimeP50.every((value) => value === null || Math.abs(value - 4) < 0.1));
    const { held, runtimes } = counted(state, both);
    assert.deepEqual(held, { SUCCESS: 32, FAILURE: 8 });
    assert.deepEqual([...runtimes.keys()], ['shop.refund']);
    assert.equal(drawn(state, { ...both, queues: ['nowhere'] }).ended, 0);
    assert.equal(drawn(state, { names: ['shop.refund', 'shop.charge'], workers: ['b'] }).ended, 80);
  });

  it('lie where they happened by our clock, whatever the worker says', () => {
    const choice = { names: ['shop.refund'], workers: ['a'] };
    assert.deepEqual(drawn(busy(1000, 3600), choice).points.succeeded, drawn(busy(), choice).points.succeeded);
  });

  it('are unknown before those that were forgotten, and not zero', () => {
    const state = busy(100);
    const { completeSince } = state.tasks;
    assert.ok(completeSince > ms(30) && completeSince < now, `${completeSince}`);
    const { succeeded } = drawn(state, { workers: ['b'] }, completeSince).points;
    const at = steps.from + succeeded.findIndex((value) => value !== null) * steps.stepSeconds * 1000;
    assert.ok(at <= completeSince && at > completeSince - 2 * steps.stepSeconds * 1000);
    assert.deepEqual(succeeded.slice(-4), drawn(busy(), { workers: ['b'] }).points.succeeded.slice(-4));
  });
});
