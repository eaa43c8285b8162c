import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rollup } from '../../../server/api/history.ts';
import type { History, Recording } from '../../../server/history/history.ts';
import { accountsToAdd } from '../../../server/history/minuteRecord.ts';
import type { ClusterState } from '../../../server/state/clusterState.ts';
import { applyAll, makeState, received, t0, taskEvent } from '../state/someEvents.ts';
import { open, tempFolder } from './somethingKept.ts';

const minute0 = Math.floor(t0 / 60) * 60;
const at = (seconds: number): number => (minute0 + seconds) * 1000;

interface Backend {
  readonly state: ClusterState;
  readonly history: History;
  readonly recording: Recording;
  clock: number;
}

const start = async (folder: string, seconds: number, memory = false): Promise<Backend> => {
  const state = makeState();
  const clock = { now: at(seconds) };
  const history = await open(folder, { now: () => clock.now, ...(memory ? { sqlite: async () => null } : {}) });
  const recording = history.record(state);
  return {
    state,
    history,
    recording,
    get clock() {
      return clock.now;
    },
    set clock(value) {
      clock.now = value;
    },
  };
};

/** A task that runs for `runtime` seconds and ends at that second. */
const run = (backend: Backend, id: number, seconds: number, runtime = 1, name = 'shop.charge'): void => {
  const from = minute0 - t0 + seconds;
  applyAll(
    backend.state,
    received(id, from - runtime, { name }),
    taskEvent('started', id, from - runtime),
    taskEvent('succeeded', id, from, { runtime }),
  );
};

const passTo = (backend: Backend, seconds: number): void => {
  for (let now = backend.clock; now <= at(seconds); now += 1000) {
    backend.clock = now;
    backend.state.tick(now);
    backend.recording.tick();
  }
};

const stop = async ({ history, recording }: Backend): Promise<void> => {
  await recording.stop();
  await history.close();
};

const countsOf = (rollups: readonly Rollup[]) =>
  rollups.map(({ name, at: ms, succeeded }) => `${name} ${ms / 1000 - minute0} ${succeeded}`);

for (const memory of [false, true]) {
  describe(`roll-ups ${memory ? 'in memory' : 'on disk'}`, () => {
    it('tell by the minute what became of each task type, queue and worker', async (t) => {
      const backend = await start(tempFolder(t), 0, memory);
      for (let index = 0; index < 100; index++) run(backend, index, 10 + index / 10, (index + 1) / 10);
      run(backend, 200, 30, 2, 'shop.mail');
      applyAll(backend.state, taskEvent('failed', 201, 70 + minute0 - t0, { name: 'shop.charge' }));
      passTo(backend, 130);
      await backend.recording.stop();
      const types = await backend.history.rollups({ kind: 'type', from: at(0) });
      assert.deepEqual(countsOf(types), ['shop.charge 0 100', 'shop.mail 0 1', 'shop.charge 60 0']);
      const [charge, , later] = types;
      assert.deepEqual([charge?.received, charge?.started, charge?.failed, later?.failed], [100, 100, 0, 1]);
      assert.equal(charge?.runtime.count, 100);
      assert.ok(Math.abs((charge?.runtime.mean ?? 0) - 5.05) < 1e-9);
      assert.ok(Math.abs((charge?.runtime.p95 ?? 0) / 9.5 - 1) < 0.03, `${charge?.runtime.p95}`);
      assert.equal(charge?.wait.count, 100);
      const workers = await backend.history.rollups({ kind: 'worker', from: at(0), stepSeconds: 3600 });
      assert.deepEqual(
        workers.map(({ name, succeeded, failed }) => [name, succeeded, failed]),
        [['celery@a', 101, 1]],
      );
      const mail = await backend.history.rollups({ kind: 'type', names: ['*mail'], from: at(0) });
      assert.deepEqual(countsOf(mail), ['shop.mail 0 1']);
      assert.deepEqual(await backend.history.rollups({ kind: 'type', from: at(60), to: at(60) }), []);
      await backend.history.close();
    });
  });
}

describe('minutes', () => {
  it('of before a restart and after it add up', async (t) => {
    const folder = tempFolder(t);
    const first = await start(folder, 0);
    passTo(first, 20);
    run(first, 1, 20);
    await stop(first);
    const second = await start(folder, 25);
    run(second, 2, 30);
    run(second, 3, 31);
    passTo(second, 70);
    await second.recording.stop();
    assert.deepEqual(countsOf(await second.history.rollups({ kind: 'type', from: at(0) })), ['shop.charge 0 3']);
    const series = await second.history.series({ metrics: ['succeeded', 'received'], from: at(0), to: at(60) });
    assert.deepEqual(series, { stepSeconds: 60, from: at(0), points: { succeeded: [3], received: [3] } });
    await second.history.close();
  });

  it('that two windows heard at the same time count once', async (t) => {
    const folder = tempFolder(t);
    const [one, two] = [await start(folder, 0), await start(folder, 5)];
    for (const backend of [one, two]) run(backend, 1, 10);
    run(one, 2, 3);
    for (const backend of [one, two]) passTo(backend, 70);
    await stop(one);
    await two.recording.stop();
    assert.deepEqual(countsOf(await two.history.rollups({ kind: 'type', from: at(0) })), ['shop.charge 0 2']);
    assert.deepEqual((await two.history.series({ metrics: ['succeeded'], from: at(0), to: at(60) })).points, {
      succeeded: [2],
    });
    await two.history.close();
  });

  it('take in what came late, within the next', async (t) => {
    const backend = await start(tempFolder(t), 0);
    run(backend, 1, 10);
    passTo(backend, 66);
    run(backend, 2, 50);
    passTo(backend, 130);
    await backend.recording.stop();
    assert.deepEqual(countsOf(await backend.history.rollups({ kind: 'type', from: at(0) })), ['shop.charge 0 2']);
    await backend.history.close();
  });

  it('that nobody heard are unknown, not empty', async (t) => {
    const folder = tempFolder(t);
    const first = await start(folder, 0);
    passTo(first, 70);
    await stop(first);
    const second = await start(folder, 200);
    passTo(second, 310);
    await second.recording.stop();
    const { points } = await second.history.series({ metrics: ['succeeded', 'running'], from: at(0), to: at(300) });
    assert.deepEqual(points.succeeded, [0, 0, null, 0, 0]);
    assert.equal(points.running?.[2], null);
    await second.history.close();
  });

  it('give the same series as the state for as long as both know', async (t) => {
    const backend = await start(tempFolder(t), 0);
    for (let index = 0; index < 50; index++) run(backend, index, index * 4, 0.5 + index / 10);
    passTo(backend, 250);
    const query = {
      metrics: ['received', 'succeeded', 'failed', 'events', 'runtimeMean', 'runtimeP95', 'workersOnline', 'running'],
      from: at(0),
      to: at(180),
      stepSeconds: 60,
    } as const;
    await backend.recording.stop();
    const kept = await backend.history.series(query);
    const live = backend.state.series(query, backend.clock);
    // The state counts in the second of its clock; these events came before their seconds had passed.
    assert.deepEqual(kept, live);
    await backend.history.close();
  });
});

describe('accounts of one minute', () => {
  const account = (heardFrom: number, heardTo: number, weight: number) => ({ heardFrom, heardTo, weight });

  it('are added when one listened after the other, and the fullest stands for those that listened together', () => {
    const [a, b, c] = [account(0, 20, 5), account(20, 60, 7), account(10, 60, 9)];
    assert.deepEqual(accountsToAdd([b, a]), [a, b]);
    assert.deepEqual(accountsToAdd([a, c]), [c]);
    assert.deepEqual(accountsToAdd([account(0, 60, 9), a, b]), [account(0, 60, 9)]);
    assert.deepEqual(accountsToAdd([]), []);
  });
});
