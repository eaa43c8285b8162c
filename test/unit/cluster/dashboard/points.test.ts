import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupPoints } from '../../../../server/cluster/dashboard/groupPoints.ts';
import { heardUntil } from '../../../../server/cluster/dashboard/heardUntil.ts';
import { olderGaps } from '../../../../server/cluster/dashboard/olderGaps.ts';
import { withoutGaps } from '../../../../server/cluster/dashboard/points.ts';
import { wholePoints } from '../../../../server/cluster/dashboard/wholePoints.ts';
import { bucketOf, QuantileSketch } from '../../../../server/state/figures/quantileSketch.ts';
import type { StepSum } from '../../../../server/state/figures/stepSums.ts';
import { timeSteps } from '../../../../server/state/figures/timeSteps.ts';
import { atOnce } from '../../../../server/state/queries/slices.ts';
import { applyAll, makeState, received, t0, taskEvent } from '../../state/someEvents.ts';

const whole = (...given: Parameters<typeof wholePoints>) => atOnce(wholePoints(...given));

const ms = (at: number): number => (t0 + at) * 1000;

/** Ten tasks a second of which one fails, for a minute; each takes as many milliseconds as its number says. */
const busy = (seconds = 60) => {
  const state = makeState();
  for (let index = 0; index < seconds * 10; index++) {
    const at = index / 10;
    const name = index % 10 === 0 ? 'shop.refund' : 'shop.charge';
    const end = index % 10 === 0 ? 'failed' : 'succeeded';
    applyAll(state, received(index, at, { name }), taskEvent('started', index, at));
    applyAll(state, taskEvent(end, index, at, end === 'failed' ? { exception: 'E()' } : { runtime: 0.5 }));
  }
  state.tick(ms(seconds));
  return state;
};

test('rates are per second whatever the step, and nothing is known from before the beginning', () => {
  const steps = timeSteps(ms(-240), ms(60), ms(60), false);
  const { points } = whole(busy(), steps, ms(60), null);
  assert.equal(steps.stepSeconds, 2);
  assert.deepEqual(points.succeeded.slice(0, 120), new Array(120).fill(null));
  assert.deepEqual(points.succeeded.slice(120), new Array(30).fill(9));
  assert.deepEqual(points.failed.slice(120), new Array(30).fill(1));
  assert.ok(Math.abs((points.runtimeP95.at(-1) ?? 0) - 0.5) < 0.02);
});

test('counts what ended exactly, though the last step is not over', () => {
  const steps = timeSteps(ms(-840), ms(57), ms(57), false);
  assert.equal(steps.stepSeconds, 5);
  assert.equal(whole(busy(57), steps, ms(57), null).ended, 570);
  const state = busy(57);
  const parts = { steps, now: ms(57), startedAt: ms(0), sums: [], historyStepSeconds: 60 };
  assert.equal(groupPoints({ ...parts, groups: state.groups('type').select() }).ended, 570);
});

test('what the memory does not know is taken from the history', () => {
  const steps = timeSteps(ms(-3 * 3600), ms(60), ms(60), false);
  const series = { stepSeconds: 60, from: steps.from, points: { succeeded: new Array(180).fill(600) } };
  const { points } = whole(busy(), steps, ms(60), { series, sums: [], until: ms(0) });
  assert.deepEqual([points.succeeded[0], points.succeeded[100]], [10, 10]);
  assert.equal(points.succeeded.at(-1), 9);
});

test('after a restart, seconds that are gone are told by the minute of the history', () => {
  const steps = timeSteps(ms(-240), ms(60), ms(60), false);
  const points = { succeeded: new Array(5).fill(600), runtimeP95: new Array(5).fill(2) };
  const series = { stepSeconds: 60, from: ms(-240), points };
  const { points: shown, ended } = whole(busy(), steps, ms(60), { series, sums: [], until: ms(0) });
  assert.deepEqual([shown.succeeded[0], shown.runtimeP95[0], shown.succeeded.at(-1)], [10, 2, 9]);
  assert.equal(Math.round(ended), 4 * 600 + 600);
  const filtered = timeSteps(ms(-240), ms(60), ms(60), true);
  const groups = busy().groups('type').select();
  const parts = { groups, steps: filtered, now: ms(60), startedAt: ms(0), historyStepSeconds: 60 };
  const of = groupPoints({ ...parts, sums: [aSum(ms(-240), 600), aSum(ms(0), 600)] });
  assert.deepEqual([of.points.succeeded[0], of.points.succeeded[12], of.points.succeeded[50]], [10, null, 9]);
});

test('with a filter, only what concerns it is counted', () => {
  const state = busy();
  const steps = timeSteps(ms(-240), ms(60), ms(60), true);
  const groups = state.groups('type').select((name) => name === 'shop.refund');
  const parts = { steps, now: ms(60), startedAt: ms(0), sums: [], historyStepSeconds: 60 };
  const { points } = groupPoints({ ...parts, groups });
  assert.equal(steps.stepSeconds, 5);
  assert.equal(points.failed[0], null);
  assert.deepEqual(points.failed.slice(48, 60), new Array(12).fill(1));
  assert.deepEqual(points.succeeded.slice(48, 60), new Array(12).fill(0));
  const { points: both } = groupPoints({ ...parts, groups: state.groups('type').select() });
  assert.deepEqual(both.succeeded.slice(48, 60), new Array(12).fill(9));
  assert.ok(Math.abs((both.runtimeP95[50] ?? 0) - 0.5) < 0.02);
  assert.deepEqual([...new Set(both.running)], [null]);
});

const packed = (...values: readonly number[]): Uint8Array => {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(bucketOf(value), value);
  return sketch.pack();
};
const aSum = (at: number, succeeded: number): StepSum => ({
  at,
  counts: [0, 0, 0, succeeded, 0, 0, 0, 0, 0],
  runtimes: packed(2),
  waits: packed(1),
});

test('with a filter, older steps come from the history, and what both know is not counted twice', () => {
  const state = busy(120);
  const now = ms(120);
  const steps = timeSteps(now - 3_600_000, now, now, true);
  const sums = [aSum(ms(-600), 120), aSum(ms(0), 540)];
  const groups = state.groups('type').select((name) => name === 'shop.charge');
  const { points } = groupPoints({ groups, steps, now, startedAt: ms(0), sums, historyStepSeconds: 60 });
  assert.equal(steps.stepSeconds, 60);
  const at = (time: number): number => (time - steps.from) / 60_000;
  assert.equal(points.succeeded[at(ms(-600))], 2);
  assert.ok(Math.abs((points.runtimeP95[at(ms(-600))] ?? 0) - 2) < 0.1);
  assert.equal(points.succeeded[at(ms(-540))], null);
  assert.equal(points.succeeded[at(ms(0))], 9);
});

test('in a gap nothing is known, though nothing was counted', () => {
  const steps = timeSteps(ms(0), ms(60), ms(60), false);
  const { points } = whole(busy(), steps, ms(60), null);
  const gap = {
    from: ms(10),
    to: ms(20),
    cause: 'disconnected' as const,
    reason: 'The broker was not connected.',
  };
  const { succeeded } = withoutGaps(points, steps, [gap]);
  assert.equal(succeeded.filter((value) => value === null).length, 10);
  assert.deepEqual([succeeded[9], succeeded[10], succeeded[19], succeeded[20]], [9, null, null, 9]);
});

test('the quantiles of a long step are those of all that ended in it, not the highest of its minutes', () => {
  const state = makeState();
  // Nine minutes of quick ones; in the tenth one that takes a hundred times as long, and nothing else.
  for (let index = 0; index < 189; index++) {
    const at = Math.floor(index / 21) * 60 + (index % 21);
    applyAll(state, received(index, at), taskEvent('succeeded', index, at, { runtime: 1 }));
  }
  applyAll(state, received(999, 560), taskEvent('succeeded', 999, 560, { runtime: 100 }));
  const now = ms(700);
  const steps = timeSteps(now - 86_400_000, now, now, false);
  assert.equal(steps.stepSeconds, 600);
  const { runtimeP95, runtimeP99 } = whole(state, steps, now, null).points;
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  for (const value of known([...runtimeP95, ...runtimeP99])) assert.ok(Math.abs(value - 1) < 0.1, String(value));
});

test('what the history has of a step and what is in memory are put together before a quantile is read', () => {
  const state = busy();
  const steps = timeSteps(ms(-86_400), ms(60), ms(60), false);
  const at = Math.floor(ms(0) / 600_000) * 600_000;
  const sums = [{ at, counts: [], runtimes: packed(...new Array<number>(1000).fill(7)), waits: null }];
  const older = { series: { stepSeconds: 60, from: steps.from, points: {} }, sums, until: ms(0) };
  const index = (at - steps.from) / 600_000;
  const p50 = (given: typeof older | null) => whole(state, steps, ms(60), given).points.runtimeP50[index] ?? 0;
  assert.ok(Math.abs(p50(null) - 0.5) < 0.02);
  assert.ok(Math.abs(p50(older) - 7) < 0.3);
});

test('when nobody listened, the history has no minute, and that is a gap with its reason', () => {
  const workersOnline = [null, null, 2, 2, null, 2, null, null, null, 2, null, null];
  const series = { stepSeconds: 60, from: ms(0), points: { workersOnline } };
  const told = olderGaps(series, ms(11 * 60 + 30)).map(({ from, to, reason }) => [
    from,
    to,
    /did not run/.test(reason),
  ]);
  assert.deepEqual(told, [
    [ms(6 * 60), ms(9 * 60), true],
    [ms(10 * 60), ms(11 * 60 + 30), true],
  ]);
  assert.deepEqual(olderGaps({ ...series, points: {} }, ms(600)), []);
});

test('what the engine itself kept of its first minute is not shown from before it began', () => {
  const state = busy(120);
  const kept = (events: number) => ({ stepSeconds: 60, from: ms(-60), points: { events: [0, events, 9] } });
  const startedAt = ms(20);
  const own = state.series({ metrics: ['events'], from: ms(0), to: ms(60), stepSeconds: 60 }, ms(120)).points
    .events?.[0];
  assert.equal(own, 1800);
  assert.equal(heardUntil(kept(1800), state, startedAt, ms(120)), ms(0));
  assert.equal(heardUntil(kept(2500), state, startedAt, ms(120)), startedAt);
  assert.equal(heardUntil(kept(700), makeState(), startedAt, ms(30)), startedAt);
});
