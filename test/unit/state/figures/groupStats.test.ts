import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GroupStats, WindowStats } from '../../../../server/api/tasks.ts';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { applyAll, makeState, received, t0, taskEvent } from '../someEvents.ts';

const windowOf = (stats: readonly GroupStats[], minutes: number, name?: string): WindowStats => {
  const group = name === undefined ? stats[0] : stats.find((one) => one.name === name);
  const window = group?.windows.find((one) => one.minutes === minutes);
  assert.ok(window);
  return window;
};

const types = (state: ClusterState, at: number): readonly GroupStats[] => state.typeStats((t0 + at) * 1000);

let nextTask = 0;
/** One task from its reception, `at`, to its end a second later. */
const run = (
  state: ClusterState,
  at: number,
  end = 'succeeded',
  fields: Readonly<Record<string, unknown>> = {},
): void => {
  const task = ++nextTask;
  applyAll(
    state,
    received(task, at),
    taskEvent('started', task, at + 0.5),
    taskEvent(end, task, at + 1, { runtime: 0.5, ...fields }),
  );
};

describe('the figures of a task type', () => {
  it('count what happened within each window', () => {
    const state = makeState();
    for (const at of [0, 200, 800, 3000, 3590]) run(state, at);
    const counts = [1, 5, 15, 60].map((minutes) => windowOf(types(state, 3599), minutes).succeeded);
    assert.deepEqual(counts, [1, 1, 2, 5]);
    assert.deepEqual(
      [1, 5, 15, 60].map((minutes) => windowOf(types(state, 7300), minutes).succeeded),
      [0, 0, 0, 0],
    );
  });

  it('give shares of the runs that ended', () => {
    const state = makeState();
    for (let index = 0; index < 7; index++) run(state, index);
    run(state, 8, 'failed', { exception: "ValueError('x')" });
    run(state, 9, 'failed', { exception: 'TimeLimitExceeded(300,)' });
    run(state, 10, 'retried', { exception: "ValueError('x')" });
    const window = windowOf(types(state, 12), 5);
    assert.deepEqual(
      [window.successRate, window.failureRate, window.retryRate, window.timeoutRate],
      [0.7, 0.2, 0.1, 0.1],
    );
    assert.deepEqual([window.received, window.started, window.failed, window.timedOut], [10, 10, 2, 1]);
  });

  it('have no shares when nothing ended', () => {
    const window = windowOf(types(applyAll(makeState(), received(1)), 1), 1);
    assert.deepEqual(
      [window.successRate, window.failureRate, window.perSecond, window.runtime.p95],
      [null, null, 0, null],
    );
  });

  it('give a rate over the time that the window has really seen', () => {
    const state = makeState();
    for (let at = 0; at < 30; at++) run(state, at);
    const { perSecond } = windowOf(types(state, 31), 60);
    assert.ok(perSecond > 0.9 && perSecond < 1.1, `${perSecond} a second`);
    for (let at = 30; at < 600; at++) run(state, at);
    for (const minutes of [1, 5, 15]) {
      const rate = windowOf(types(state, 601), minutes).perSecond;
      assert.ok(rate > 0.95 && rate < 1.05, `${rate} a second over ${minutes} min`);
    }
  });

  it('give the quantiles of runtime and wait of their window only', () => {
    const state = makeState();
    for (let index = 1; index <= 100; index++) run(state, index, 'succeeded', { runtime: index });
    for (let index = 0; index < 100; index++) run(state, 2000 + index / 10, 'succeeded', { runtime: 1000 });
    const near = (actual: number | null, expected: number): void =>
      assert.ok(Math.abs((actual ?? 0) - expected) <= expected * 0.021, `${actual} for ${expected}`);
    const recent = windowOf(types(state, 2020), 5);
    near(recent.runtime.p50, 1000);
    near(recent.wait.p95, 0.5);
    assert.equal(recent.runtime.count, 100);
    const hour = windowOf(types(state, 2020), 60);
    assert.equal(hour.runtime.count, 200);
    near(hour.runtime.p50, 100);
    near(hour.runtime.mean, 525);
  });

  it('forget what is older than the hour when its place is used again', () => {
    const state = makeState();
    for (let index = 0; index < 10; index++) run(state, index, 'succeeded', { runtime: 1 });
    for (let index = 0; index < 3; index++) run(state, 3600 + index, 'succeeded', { runtime: 100 });
    const { runtime, succeeded } = windowOf(types(state, 3604), 60);
    assert.deepEqual([runtime.count, runtime.mean, succeeded], [3, 100, 3]);
  });

  it('count a message that came twice once, and a task run twice twice', () => {
    const state = makeState();
    const end = taskEvent('succeeded', 1, 2, { runtime: 1 });
    applyAll(state, received(1), received(1), end, end, taskEvent('succeeded', 1, 3, { runtime: 1 }));
    const window = windowOf(types(state, 4), 1);
    assert.deepEqual([window.received, window.succeeded, window.runtime.count], [1, 2, 2]);
  });

  it('have a baseline made of what is older than an hour', () => {
    const state = makeState();
    for (let at = 0; at < 3000; at += 30) run(state, at, 'succeeded', { runtime: 2 });
    assert.equal(types(state, 3001)[0]?.baselineSeconds, null);
    for (let at = 3600; at < 7200; at += 30) run(state, at, 'succeeded', { runtime: 50 });
    const baseline = types(state, 7200)[0]?.baselineSeconds ?? 0;
    assert.ok(Math.abs(baseline - 2) < 0.01, `baseline ${baseline}`);
  });

  it('draw the last hour minute by minute', () => {
    const state = makeState();
    run(state, 0);
    run(state, 1);
    run(state, 600);
    const { perMinute } = types(state, 605)[0] ?? {};
    assert.equal(perMinute?.length, 60);
    assert.deepEqual([perMinute?.at(-1), perMinute?.at(-11), perMinute?.at(-5)], [1, 2, 0]);
  });
});

describe('figures', () => {
  it('are kept by type, queue and worker', () => {
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0, { name: 'a', queue: 'mail' }),
      received(1, 1, { name: 'a' }),
      taskEvent('succeeded', 1, 2, { runtime: 1 }),
      received(2, 2, { name: 'b', hostname: 'celery@z' }),
    );
    const now = (t0 + 3) * 1000;
    assert.deepEqual(
      state.typeStats(now).map(({ name, held }) => [name, held]),
      [
        ['a', { SUCCESS: 1 }],
        ['b', { RECEIVED: 1 }],
      ],
    );
    assert.deepEqual(
      state.queueStats(now).map(({ name, held }) => [name, held]),
      [['mail', { SUCCESS: 1 }]],
    );
    assert.deepEqual(
      state.workerStats(now).map(({ name, held }) => [name, held]),
      [
        ['celery@a', { SUCCESS: 1 }],
        ['celery@z', { RECEIVED: 1 }],
      ],
    );
    assert.equal(windowOf(state.queueStats(now), 1).succeeded, 1);
  });

  it('agree with the tasks held after any history', () => {
    const state = makeState(50);
    for (let step = 0; step < 5000; step++) {
      const subject =
        ['sent', 'received', 'started', 'succeeded', 'failed', 'retried', 'revoked', 'progress'][(step * 7919) % 8] ??
        '';
      applyAll(
        state,
        taskEvent(subject, (step * 31) % 90, step, {
          name: `n${step % 3}`,
          queue: step % 5 === 0 ? null : `q${step % 2}`,
        }),
      );
    }
    const held: Record<string, Record<string, number>> = {};
    for (const { name, state: taskState } of state.tasks.page({ limit: 1000 }).tasks) {
      const counts = held[name ?? ''] ?? {};
      held[name ?? ''] = { ...counts, [taskState]: (counts[taskState] ?? 0) + 1 };
    }
    assert.deepEqual(Object.fromEntries(types(state, 5000).map((one) => [one.name, { ...one.held }])), held);
  });

  it('of what has been idle for a day are dropped', () => {
    const state = applyAll(makeState(1), received(1, 0, { name: 'old' }), received(2, 1, { name: 'new' }));
    state.tick((t0 + 90_000) * 1000);
    assert.deepEqual(
      types(state, 90_000).map(({ name }) => name),
      ['new'],
    );
  });

  it('of more types than there is room for are put together', () => {
    const state = makeState(10);
    for (let index = 0; index < 6000; index++) applyAll(state, received(index, 0, { name: `random ${index}` }));
    const stats = types(state, 1);
    assert.equal(stats.length, 5001);
    assert.equal(windowOf(stats, 1, '(others)').received, 1000);
  });
});
