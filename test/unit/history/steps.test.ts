import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bucketOf, QuantileSketch } from '../../../server/state/figures/quantileSketch.ts';
import type { StepSum } from '../../../server/state/figures/stepSums.ts';
import { applyAll, makeState, received, t0, taskEvent } from '../state/someEvents.ts';
import { open, tempFolder } from './somethingKept.ts';

const ms = (at: number): number => (t0 + at) * 1000;
const span = { from: ms(0), to: ms(1200), stepSeconds: 600 };
const succeeded = 3;
const failed = 4;
const retried = 5;

const durations = (sum: StepSum | undefined): QuantileSketch => {
  const sketch = new QuantileSketch();
  if (sum?.runtimes) sketch.mergePacked(sum.runtimes);
  return sketch;
};

/** Ten minutes: each second a quick task of type a on worker w, each fifth one a slow one of type b on worker v. */
const tenMinutes = async (t: Parameters<typeof tempFolder>[0]) => {
  const clock = { now: ms(0) };
  const history = await open(tempFolder(t), { now: () => clock.now });
  const state = makeState(10_000);
  const recording = history.record(state);
  const all = new QuantileSketch();
  for (let index = 0; index < 600; index++) {
    const isSlow = index % 5 === 0;
    const runtime = isSlow ? 9 : 1;
    const [name, hostname] = isSlow ? ['b', 'v'] : ['a', 'w'];
    const end = index % 20 === 0 ? 'failed' : index % 20 === 1 ? 'retried' : 'succeeded';
    applyAll(
      state,
      received(index, index, { name, hostname }),
      taskEvent(end, index, index, { hostname, ...(end === 'succeeded' ? { runtime } : { exception: 'E()' }) }),
    );
    if (end === 'succeeded') all.add(bucketOf(runtime), runtime);
    clock.now = ms(index);
    state.tick(clock.now);
    recording.tick();
  }
  clock.now = ms(700);
  await recording.stop();
  return { history, all };
};

describe('the steps of a history', () => {
  it('hold every duration of the whole cluster, so that a quantile of any span is exact', async (t) => {
    const { history, all } = await tenMinutes(t);
    const [step, ...others] = await history.steps({ kind: 'all', ...span });
    assert.deepEqual(others, []);
    assert.deepEqual([step?.counts[succeeded], step?.counts[failed], step?.counts[retried]], [540, 30, 30]);
    const kept = durations(step);
    assert.deepEqual(
      [kept.total, kept.quantile(0.5), kept.quantile(0.9)],
      [all.total, all.quantile(0.5), all.quantile(0.9)],
    );
    await history.close();
  });

  it('put several names together before a quantile is read', async (t) => {
    const { history, all } = await tenMinutes(t);
    const [both] = await history.steps({ kind: 'type', names: ['a', 'b'], ...span });
    assert.equal(durations(both).quantile(0.5), all.quantile(0.5));
    const [slow] = await history.steps({ kind: 'type', names: ['b'], ...span });
    assert.ok(Math.abs((durations(slow).quantile(0.5) ?? 0) - 9) < 0.3);
    await history.close();
  });

  it('are counted from single tasks where a filter is of several kinds', async (t) => {
    const { history } = await tenMinutes(t);
    const count = (choice: object) => history.countTasks({ choice, ...span });
    const [step] = (await count({ names: ['a'], workers: ['w'] })).sums;
    assert.deepEqual([step?.counts[succeeded], step?.counts[failed], step?.counts[retried]], [450, 0, 30]);
    assert.ok(Math.abs((durations(step).quantile(0.99) ?? 0) - 1) < 0.03);
    assert.deepEqual(await count({ names: ['a'], workers: ['v'] }), { sums: [], since: null });
    const slow = await history.countTasks({ choice: { names: ['b'], workers: ['v'] }, ...span, from: ms(300) });
    assert.equal(slow.sums[0]?.counts[failed], 15);
    await history.close();
  });
});
