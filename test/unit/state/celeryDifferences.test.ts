import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyAll, idOf, makeState, received, t0, taskEvent, workerEvent } from './someEvents.ts';

/** What server/state/clusterState.ts says we do otherwise than celery.events.state.State. */
describe('other than Celery, on purpose', () => {
  it('a worker is not gone after two missed heartbeats, only late', () => {
    const state = applyAll(makeState(), workerEvent('heartbeat'));
    const statuses = [4, 6, 13, 19, 21].map((at) => {
      state.tick((t0 + at) * 1000);
      return state.workers.get('celery@a')?.status;
    });
    assert.deepEqual(statuses, ['online', 'late', 'late', 'late', 'lost']);
  });

  it('what a worker sent before its goodbye and arrives after it does not bring it back', () => {
    const state = applyAll(
      makeState(),
      workerEvent('online'),
      workerEvent('offline', 5),
      taskEvent('succeeded', 1, 4.9),
    );
    assert.equal(state.workers.get('celery@a')?.status, 'offline');
    assert.deepEqual(state.celerySnapshot().workers['celery@a']?.heartbeats, [t0 + 4.9]);
  });

  it('a retried task keeps its first parent and is no child of itself; the snapshot says what Celery says', () => {
    const state = applyAll(
      makeState(),
      received(1),
      received(2, 1, { parent_id: idOf(1), root_id: idOf(1) }),
      received(2, 2, { parent_id: idOf(2), root_id: idOf(1), retries: 1 }),
    );
    assert.equal(state.tasks.find(idOf(2))?.parentId, idOf(1));
    assert.deepEqual(state.tasks.find(idOf(2))?.childIds, []);
    assert.equal(state.celerySnapshot().tasks[idOf(2)]?.['parent_id'], idOf(2));
    assert.deepEqual(state.celerySnapshot().tasks[idOf(2)]?.['children'], []);
  });

  it('a running task outlives a newer success, where Celery forgets the least recently entered', () => {
    const state = applyAll(makeState(2), taskEvent('started', 1), taskEvent('succeeded', 2), received(3));
    assert.ok(state.tasks.find(idOf(1)));
    assert.equal(state.tasks.find(idOf(2)), null);
  });

  it('timestamps are not shifted by the sender’s offset from UTC: they are in UTC already', () => {
    const state = applyAll(makeState(), taskEvent('started', 1, 0, { utcoffset: -2 }));
    assert.equal(state.tasks.find(idOf(1))?.startedAt, t0 * 1000);
  });

  it('a field of a type it cannot have counts as none', () => {
    const state = applyAll(
      makeState(),
      received(1, 0, { name: 5, retries: 'many', queue: {}, runtime: 'long', clock: 'late' }),
      workerEvent('heartbeat', 0, { freq: -1, active: 'all', pid: [], loadavg: 7, processed: null, sw_ver: 5 }),
    );
    const task = state.celerySnapshot().tasks[idOf(1)];
    assert.deepEqual(
      [task?.['name'], task?.['retries'], task?.['queue'], task?.['runtime'], task?.['clock']],
      [null, null, null, null, null],
    );
    const worker = state.celerySnapshot().workers['celery@a'];
    assert.deepEqual(
      [worker?.freq, worker?.active, worker?.pid, worker?.loadavg, worker?.processed, worker?.sw_ver],
      [60, null, null, null, null, null],
    );
  });

  it('an event field named like a computed attribute does not overwrite it', () => {
    const state = applyAll(
      makeState(),
      taskEvent('started', 1, 0, { state: 'SUCCESS', worker: 'nobody', succeeded: 5, client: 'me' }),
    );
    const task = state.celerySnapshot().tasks[idOf(1)];
    assert.deepEqual(
      [task?.state, task?.['worker'], task?.['succeeded'], task?.['client']],
      ['STARTED', 'celery@a', null, null],
    );
  });
});
