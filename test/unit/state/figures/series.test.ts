import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { applyAll, makeState, received, t0, taskEvent, workerEvent } from '../someEvents.ts';

const ms = (at: number): number => (t0 + at) * 1000;

const tickUntil = (state: ClusterState, from: number, to: number): void => {
  for (let at = from; at <= to; at++) state.tick(ms(at));
};

describe('the series', () => {
  it('count each second by itself', () => {
    const state = applyAll(
      makeState(),
      received(1, 0.2),
      received(2, 0.9),
      received(3, 1.1),
      taskEvent('succeeded', 3, 3.5, { runtime: 2 }),
    );
    state.tick(ms(5));
    const { points, stepSeconds, from } = state.series(
      { metrics: ['received', 'succeeded', 'events', 'runtimeP95'], from: ms(0) },
      ms(5),
    );
    assert.deepEqual([stepSeconds, from], [1, ms(0)]);
    assert.deepEqual(points.received, [2, 1, 0, 0, 0]);
    assert.deepEqual(points.succeeded, [0, 0, 0, 1, 0]);
    assert.deepEqual(points.events, [2, 1, 0, 1, 0]);
    assert.equal(points.runtimeP95?.filter((value) => value === null).length, 4);
    assert.ok(Math.abs((points.runtimeP95?.[3] ?? 0) - 2) < 0.05);
  });

  it('hold what was running, waiting and online at the end of each second', () => {
    const state = applyAll(
      makeState(),
      workerEvent('heartbeat', 0),
      received(1, 0.1),
      received(2, 0.2),
      taskEvent('started', 1, 1.5),
    );
    state.tick(ms(3));
    const { points } = state.series({ metrics: ['running', 'waiting', 'workersOnline'], from: ms(0) }, ms(3));
    assert.deepEqual(points.running, [0, 1, 1]);
    assert.deepEqual(points.waiting, [2, 1, 1]);
    assert.deepEqual(points.workersOnline, [1, 1, 1]);
  });

  it('are the same added up in tens and sixties', () => {
    const state = makeState();
    for (let at = 0; at < 180; at += 0.25) applyAll(state, received(Math.round(at * 4), at));
    tickUntil(state, 180, 181);
    const tens = state.series({ metrics: ['received'], from: ms(0), stepSeconds: 10 }, ms(181));
    const minutes = state.series({ metrics: ['received'], from: ms(0), stepSeconds: 60 }, ms(181));
    assert.deepEqual(tens.points.received, Array(18).fill(40));
    assert.deepEqual(minutes.points.received, [240, 240, 240]);
  });

  it('reach back fifteen minutes by the second, three hours by ten and seven days by the minute', () => {
    const state = makeState();
    const days = 8;
    for (let at = 0; at <= days * 86_400; at += 9) state.tick(ms(at));
    const now = ms(days * 86_400);
    const lengths = ([1, 10, 60] as const).map(
      (stepSeconds) =>
        state
          .series({ metrics: ['events'], from: 0, stepSeconds }, now)
          .points.events?.filter((value) => value !== null).length,
    );
    assert.deepEqual(lengths, [900, 1080, 10_080]);
  });

  it('choose the finest step that reaches back far enough', () => {
    const state = makeState();
    tickUntil(state, 1, 2);
    const steps = [600, 3600, 86_400].map(
      (age) => state.series({ metrics: ['events'], from: ms(2 - age) }, ms(2)).stepSeconds,
    );
    assert.deepEqual(steps, [1, 10, 60]);
  });

  it('do not claim to know what happened while we slept', () => {
    const state = applyAll(makeState(), received(1, 0.5));
    tickUntil(state, 1, 3);
    state.tick(ms(60));
    tickUntil(state, 61, 62);
    const { points } = state.series({ metrics: ['events'], from: ms(0) }, ms(62));
    assert.deepEqual(points.events?.slice(0, 4), [1, 0, 0, 0]);
    assert.deepEqual(new Set(points.events?.slice(4, 60)), new Set([null]));
    assert.deepEqual(points.events?.slice(60), [0, 0]);
  });

  it('give nothing for a range that lies elsewhere', () => {
    const state = makeState();
    tickUntil(state, 1, 5);
    assert.deepEqual(state.series({ metrics: ['events'], from: ms(100), to: ms(200) }, ms(5)).points.events, []);
  });

  it('do not go back in time with the clock', () => {
    const state = applyAll(makeState(), received(1, 10), received(2, 5));
    state.tick(ms(12));
    const { points } = state.series({ metrics: ['received'], from: ms(10) }, ms(12));
    assert.deepEqual(points.received, [2, 0]);
  });
});
