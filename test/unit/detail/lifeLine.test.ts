import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LifeLine } from '../../../server/api/taskDetail.ts';
import { lifeLine } from '../../../server/detail/lifeLine.ts';
import type { ClusterState } from '../../../server/state/clusterState.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../state/someEvents.ts';

const lineOf = (state: ClusterState, atSeconds = 100, drift: number | null = 0): LifeLine => {
  const task = state.tasks.find(idOf(1));
  assert.ok(task);
  return lifeLine(task, (t0 + atSeconds) * 1000, () => drift);
};

/** `broker 2000`: each gap by its kind and length. */
const gapsOf = (line: LifeLine): string[] =>
  line.gaps.map(({ kind, ms, isOpen }) => `${kind} ${Math.round(ms)}${isOpen ? '…' : ''}`);

const succeeded = (at: number, runtime: number) => taskEvent('succeeded', 1, at, { result: '1', runtime });

describe("a task's life line", () => {
  it('names and measures what lies between sent, received, started and ended', () => {
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0),
      received(1, 2),
      taskEvent('started', 1, 5),
      succeeded(9, 4.25),
    );
    assert.deepEqual(gapsOf(lineOf(state)), ['broker 2000', 'prefetch 3000', 'run 4250']);
    assert.deepEqual(
      lineOf(state).moments.map(({ kind, by }) => `${kind} ${by}`),
      ['sent gen1@web', 'received celery@a', 'started celery@a', 'succeeded celery@a'],
    );
  });

  it('grows at its end while the task has none', () => {
    assert.deepEqual(gapsOf(lineOf(applyAll(makeState(), taskEvent('sent', 1, 0)), 7)), ['broker 7000…']);
    assert.deepEqual(gapsOf(lineOf(applyAll(makeState(), received(1, 2)), 7)), ['prefetch 5000…']);
    assert.deepEqual(gapsOf(lineOf(applyAll(makeState(), received(1, 2), taskEvent('started', 1, 3)), 7)), [
      'prefetch 1000',
      'run 4000…',
    ]);
  });

  it('tells the wait for an ETA from the wait for a free slot', () => {
    const eta = new Date((t0 + 10) * 1000).toISOString().replace('Z', '+00:00');
    const waiting = applyAll(makeState(), received(1, 2, { eta }));
    assert.deepEqual(gapsOf(lineOf(waiting, 5)), ['eta 3000…']);
    assert.deepEqual(gapsOf(lineOf(waiting, 12)), ['eta 8000', 'prefetch 2000…']);
    const ran = applyAll(waiting, taskEvent('started', 1, 13), succeeded(14, 1));
    assert.deepEqual(gapsOf(lineOf(ran)), ['eta 8000', 'prefetch 3000', 'run 1000']);
  });

  it('shows the latest attempt, and how long those before took', () => {
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0),
      received(1, 1),
      taskEvent('started', 1, 2),
      taskEvent('retried', 1, 4, { exception: 'E()', traceback: 'T' }),
    );
    assert.deepEqual(gapsOf(lineOf(state, 5)), ['broker 1000', 'prefetch 1000', 'run 2000', 'retry 1000…']);
    applyAll(state, received(1, 7, { retries: 1 }));
    assert.deepEqual(gapsOf(lineOf(state, 8)), ['earlier 4000', 'retry 3000', 'prefetch 1000…']);
    applyAll(state, taskEvent('started', 1, 8), taskEvent('failed', 1, 9, { exception: 'E()' }));
    assert.deepEqual(gapsOf(lineOf(state)), ['earlier 4000', 'retry 3000', 'prefetch 1000', 'run 1000']);
  });

  it('is not confused by a worker that tells of a retry after it was sent and received again', () => {
    const eta = new Date((t0 + 5) * 1000).toISOString().replace('Z', '+00:00');
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0),
      received(1, 1),
      taskEvent('started', 1, 2),
      taskEvent('sent', 1, 2.9, { retries: 1 }),
      received(1, 2.95, { retries: 1, eta }),
      taskEvent('retried', 1, 3, { exception: 'E()', clock: 9 }),
    );
    assert.deepEqual(gapsOf(lineOf(state, 4)), ['earlier 2950', 'retry 0', 'eta 1050…']);
    applyAll(state, taskEvent('started', 1, 5.1), succeeded(6, 0.8));
    assert.deepEqual(gapsOf(lineOf(state)), ['earlier 2950', 'retry 0', 'eta 2050', 'prefetch 100', 'run 800']);
  });

  it('says when two clocks disagree', () => {
    const state = applyAll(makeState(), taskEvent('sent', 1, 3), received(1, 1), taskEvent('started', 1, 2));
    const [broker] = lineOf(state).gaps;
    assert.deepEqual([broker?.kind, broker?.ms, broker?.doubt?.kind], ['broker', -2000, 'reversed']);
    const late = applyAll(
      makeState(),
      taskEvent('sent', 1, 0),
      received(1, 4),
      taskEvent('started', 1, 5),
      succeeded(6, 1),
    );
    assert.deepEqual(
      lineOf(late, 100, -3).gaps.map(({ doubt }) => doubt),
      [{ kind: 'drift', driftMs: 3000 }, null, null],
    );
    assert.deepEqual(
      lineOf(late, 100, null).gaps.map(({ doubt }) => doubt),
      [null, null, null],
    );
  });

  it('does not name a gap whose ends lie too far apart', () => {
    const state = applyAll(makeState(), taskEvent('sent', 1, 0), succeeded(9, 4));
    assert.deepEqual(gapsOf(lineOf(state)), ['unheard 9000']);
  });
});
