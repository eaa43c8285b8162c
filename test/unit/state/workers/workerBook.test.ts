import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { applyAll, makeState, t0, taskEvent, workerEvent } from '../someEvents.ts';

const statusAt = (state: ClusterState, at: number, hostname = 'celery@a'): string | undefined => {
  state.tick((t0 + at) * 1000);
  return state.workers.get(hostname)?.status;
};

/** Ticks once a second, as the cluster does. */
const runUntil = (state: ClusterState, from: number, to: number): void => {
  for (let at = from; at <= to; at++) state.tick((t0 + at) * 1000);
};

describe('a worker', () => {
  it('shows what its heartbeat says', () => {
    const state = makeState();
    state.apply(
      workerEvent('heartbeat', 0, {
        pid: 77,
        active: 2,
        processed: 9,
        loadavg: [1, 0.5, 0.25],
        sw_ident: 'py-celery',
        sw_ver: '5.6.3',
        sw_sys: 'Linux',
      }),
      (t0 + 0.5) * 1000,
    );
    assert.deepEqual(state.workers.get('celery@a'), {
      hostname: 'celery@a',
      status: 'online',
      statusSince: (t0 + 0.5) * 1000,
      lastSeenAt: (t0 + 0.5) * 1000,
      lastHeartbeatAt: (t0 + 0.5) * 1000,
      heartbeatEverySeconds: 2,
      pid: 77,
      active: 2,
      processed: 9,
      loadAverage: [1, 0.5, 0.25],
      software: { ident: 'py-celery', version: '5.6.3', system: 'Linux' },
      sendsTaskEvents: null,
      clockDriftSeconds: 0.5,
    });
  });

  it('that was asked for a heartbeat keeps its figures, which that heartbeat leaves out', () => {
    const state = applyAll(
      makeState(),
      workerEvent('heartbeat', 0, { active: 3, processed: 5 }),
      workerEvent('heartbeat', 1, { freq: 5 }),
    );
    assert.deepEqual(
      [state.workers.get('celery@a')?.active, state.workers.get('celery@a')?.heartbeatEverySeconds],
      [3, 5],
    );
  });

  it('that begins tasks of which no event tells has its events off, once two heartbeats agree, until one is heard', () => {
    const sends = (state: ClusterState) => state.workers.get('celery@a')?.sendsTaskEvents;
    const beat = (at: number, processed: number) => workerEvent('heartbeat', at, { active: 1, processed });
    const state = applyAll(makeState(), beat(0, 5), beat(2, 6));
    assert.equal(sends(state), null, 'the event may still be on its way');
    applyAll(state, beat(4, 6));
    assert.equal(sends(state), false);
    applyAll(state, taskEvent('started', 1, 5));
    assert.equal(sends(state), true);
    applyAll(state, beat(6, 7), beat(8, 8), beat(10, 8));
    assert.equal(sends(state), false, 'they were switched off again');
  });

  it('that tells of its tasks, or has none, or could not be heard, is not said to have its events off', () => {
    const sends = (state: ClusterState) => state.workers.get('celery@a')?.sendsTaskEvents;
    const beat = (at: number, processed: number) => workerEvent('heartbeat', at, { active: 0, processed });
    assert.equal(sends(applyAll(makeState(), beat(0, 5), beat(2, 5), beat(4, 5))), null);
    const telling = applyAll(makeState(), beat(0, 5), beat(2, 6), taskEvent('started', 1, 3), beat(4, 7), beat(6, 7));
    assert.equal(sends(telling), true);
    const deaf = applyAll(makeState(), beat(0, 5));
    deaf.noteDeafness((t0 + 60) * 1000);
    applyAll(deaf, beat(62, 90), beat(64, 90), beat(66, 90));
    assert.equal(sends(deaf), null);
  });

  it('keeps its last four signs of life in order, as Celery does', () => {
    const state = applyAll(
      makeState(),
      ...[1, 2, 5, 3, 4].map((at) => workerEvent('heartbeat', at)),
      taskEvent('started', 1, 4.5),
    );
    assert.deepEqual(
      state.celerySnapshot().workers['celery@a']?.heartbeats,
      [3, 4, 4.5, 5].map((at) => t0 + at),
    );
  });

  it('ages from online to late to lost, and comes back', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    assert.deepEqual(
      [statusAt(state, 5), statusAt(state, 5.1), statusAt(state, 14), statusAt(state, 20.1)],
      ['online', 'late', 'late', 'lost'],
    );
    applyAll(state, workerEvent('heartbeat', 30));
    assert.equal(statusAt(state, 30), 'online');
    assert.equal(state.workers.get('celery@a')?.statusSince, (t0 + 30) * 1000);
  });

  it('is as alive as its task events', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    runUntil(state, 1, 10);
    assert.equal(statusAt(state, 10), 'late');
    applyAll(state, taskEvent('started', 1, 11));
    assert.equal(statusAt(state, 12), 'online');
  });

  it('with a slow rhythm of its own is not lost between two beats', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat', 0, { freq: 60 }));
    runUntil(state, 1, 120);
    assert.equal(statusAt(state, 121), 'online');
    assert.equal(statusAt(state, 122), 'lost');
  });

  it('says goodbye and is offline, not lost, and online when it starts again', () => {
    const state = applyAll(makeState(), workerEvent('online'), workerEvent('offline', 3));
    assert.deepEqual(
      [statusAt(state, 4), statusAt(state, 13), statusAt(state, 23), statusAt(state, 33)],
      Array(4).fill('offline'),
    );
    applyAll(state, workerEvent('online', 40));
    assert.equal(statusAt(state, 40), 'online');
  });

  it('whose goodbye came from a clock two hours ahead is online again as soon as it is heard', () => {
    const hours = 2 * 3600;
    for (const sign of ['heartbeat', 'online'] as const) {
      const state = applyAll(makeState(), workerEvent('online'));
      state.apply(workerEvent('offline', hours + 3), (t0 + 3) * 1000);
      assert.equal(statusAt(state, 4), 'offline');
      state.apply(workerEvent(sign, 10), (t0 + 10) * 1000);
      assert.equal(statusAt(state, 11), 'online', sign);
      state.apply(workerEvent('heartbeat', 12), (t0 + 12) * 1000);
      assert.equal(statusAt(state, 13), 'online', sign);
    }
    const busy = applyAll(makeState(), workerEvent('online'));
    busy.apply(workerEvent('offline', hours + 3), (t0 + 3) * 1000);
    busy.apply(taskEvent('started', 1, 10), (t0 + 10) * 1000);
    assert.equal(statusAt(busy, 11), 'online');
  });

  it('that starts again with a clock two hours behind is online as soon as it is heard', () => {
    const state = applyAll(makeState(), workerEvent('online'), workerEvent('offline', 3));
    state.apply(workerEvent('heartbeat', 10 - 2 * 3600), (t0 + 10) * 1000);
    assert.equal(statusAt(state, 11), 'online');
  });

  it('that starts again with a clock a little behind is online as soon as it says so', () => {
    const state = applyAll(makeState(), workerEvent('online'), workerEvent('offline', 30));
    state.apply(workerEvent('online', 10), (t0 + 31) * 1000);
    assert.equal(statusAt(state, 32), 'online');
  });

  it('that says goodbye unheard-of is not entered', () => {
    assert.equal(applyAll(makeState(), workerEvent('offline')).workers.size, 0);
  });

  it('is not lost by our own sleep', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    state.tick((t0 + 1) * 1000);
    assert.equal(statusAt(state, 3600), 'online');
    runUntil(state, 3601, 3625);
    assert.equal(statusAt(state, 3625), 'lost');
  });

  it('is not lost while the link is down', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    for (let at = 1; at <= 60; at++) {
      state.noteDeafness((t0 + at) * 1000);
      state.tick((t0 + at) * 1000);
    }
    assert.equal(statusAt(state, 61), 'online');
  });

  it('that was lost stays lost until it is heard, whatever we could not hear', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    runUntil(state, 1, 25);
    state.noteDeafness((t0 + 26) * 1000);
    assert.equal(statusAt(state, 27), 'lost');
  });
});

describe('changes of workers', () => {
  it('are told once', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    assert.equal(state.hasWorkerChanges, true);
    assert.deepEqual(
      state.takeWorkerChanges().changed.map(({ hostname }) => hostname),
      ['celery@a'],
    );
    assert.equal(state.hasWorkerChanges, false);
    assert.deepEqual(state.takeWorkerChanges(), { changed: [], gone: [] });
  });

  it('are not made by task events of a worker that is online', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    state.takeWorkerChanges();
    applyAll(state, taskEvent('started', 1, 1));
    assert.equal(state.hasWorkerChanges, false);
  });

  it('include the forgotten, unless they are back', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'), workerEvent('heartbeat', 0, {}, 'celery@b'));
    state.takeWorkerChanges();
    state.forgetWorker('celery@a');
    state.forgetWorker('celery@b');
    applyAll(state, workerEvent('online', 1, {}, 'celery@b'));
    const { changed, gone } = state.takeWorkerChanges();
    assert.deepEqual([changed.map(({ hostname }) => hostname), gone], [['celery@b'], ['celery@a']]);
    assert.deepEqual([...state.workers.keys()], ['celery@b']);
  });

  it('forget who has been gone for a day, and never more than five thousand', () => {
    const state = applyAll(makeState(), workerEvent('online'), workerEvent('offline', 1));
    for (let at = 2; at <= 86_500; at += 9) state.tick((t0 + at) * 1000);
    assert.deepEqual(state.takeWorkerChanges().gone, ['celery@a']);
    for (let index = 0; index < 5100; index++)
      applyAll(state, workerEvent('online', 86_500 + index / 1000, {}, `celery@${index}`));
    state.tick((t0 + 86_506) * 1000);
    assert.equal(state.workers.size, 5000);
    assert.equal(state.workers.has('celery@0'), false);
    assert.equal(state.workers.has('celery@5099'), true);
  });

  it('pass a thousand heartbeats on as a thousand workers', () => {
    const state = makeState();
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 1000; index++)
        applyAll(state, workerEvent('heartbeat', round * 2, { active: round }, `celery@${index}`));
    }
    assert.equal(state.takeWorkerChanges().changed.length, 1000);
    assert.equal(state.workers.get('celery@999')?.active, 2);
  });
});
