import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../someEvents.ts';

describe('a task', () => {
  it('remembers from its reception what later events do not repeat', () => {
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0, { name: 'shop.charge', queue: 'mail', exchange: '', routing_key: 'mail', args: '(1,)' }),
      received(1, 1, { args: '(1,)', retries: 2 }),
      taskEvent('started', 1, 3),
      taskEvent('succeeded', 1, 4, { result: '7', runtime: 0.25 }),
    );
    const task = state.tasks.find(idOf(1));
    assert.deepEqual(
      [task?.state, task?.name, task?.queue, task?.routingKey, task?.exchange, task?.args, task?.result, task?.retries],
      ['SUCCESS', 'shop.charge', 'mail', 'mail', '', '(1,)', '7', 2],
    );
    assert.deepEqual([task?.client, task?.worker], ['gen1@web', 'celery@a']);
    assert.deepEqual(
      [task?.sentAt, task?.receivedAt, task?.startedAt, task?.succeededAt, task?.finishedAt],
      [0, 1, 3, 4, 4].map((at) => (t0 + at) * 1000),
    );
    assert.deepEqual([task?.runtimeSeconds, task?.waitSeconds], [0.25, 3]);
  });

  it('is not taken back by an event that comes late', () => {
    const state = applyAll(
      makeState(),
      taskEvent('succeeded', 1, 4, { result: '7' }),
      taskEvent('started', 1, 3),
      received(1, 1),
    );
    const task = state.tasks.find(idOf(1));
    assert.deepEqual([task?.state, task?.name, task?.startedAt], ['SUCCESS', 'shop.charge', (t0 + 3) * 1000]);
  });

  it('takes from a late reception only what a reception alone tells', () => {
    const state = applyAll(
      makeState(),
      taskEvent('started', 1, 3, { clock: 9 }),
      received(1, 1, { clock: 7, queue: 'x', result: 'x' }),
    );
    const task: Readonly<Record<string, unknown>> = state.celerySnapshot().tasks[idOf(1)] ?? {};
    const { name, args, timestamp, clock, queue, result } = task;
    assert.deepEqual([name, args, timestamp, clock, queue, result], ['shop.charge', '()', t0 + 3, 9, null, null]);
  });

  it('takes the state of a custom event', () => {
    const state = applyAll(makeState(), received(1), taskEvent('progress', 1, 1, { percent: 50 }));
    assert.equal(state.tasks.find(idOf(1))?.state, 'PROGRESS');
    assert.equal(state.tasks.page({ states: ['PROGRESS'] }).tasks.length, 1);
  });

  it('goes from one custom state to the next, both of the same rank', () => {
    const state = applyAll(makeState(), taskEvent('progress', 1), taskEvent('cancelled', 1, 1));
    assert.equal(state.tasks.find(idOf(1))?.state, 'CANCELLED');
  });

  it('survives more custom states than there is room for', () => {
    const state = makeState();
    for (let index = 0; index < 100; index++) applyAll(state, taskEvent(`step${index}`, index));
    assert.equal(state.tasks.find(idOf(0))?.state, 'STEP0');
    assert.equal(state.tasks.find(idOf(99))?.state, 'OTHER');
  });

  it('that is revoked tells why', () => {
    const state = applyAll(
      makeState(),
      taskEvent('revoked', 1, 0, { terminated: true, signum: 15, expired: false }),
      taskEvent('revoked', 2, 0, { terminated: false, signum: null, expired: true }),
    );
    assert.deepEqual(state.tasks.find(idOf(1))?.revocation, { terminated: true, expired: false, signal: 15 });
    assert.deepEqual(state.tasks.find(idOf(2))?.revocation, { terminated: false, expired: true, signal: null });
    assert.equal(applyAll(state, received(3)).tasks.find(idOf(3))?.revocation, null);
  });

  it('waits from its ETA on, not from when it was sent', () => {
    const eta = new Date((t0 + 60) * 1000).toISOString().replace('Z', '+00:00');
    const state = applyAll(makeState(), received(1, 0, { eta }), taskEvent('started', 1, 61.5));
    assert.equal(state.tasks.find(idOf(1))?.waitSeconds, 1.5);
  });

  it('waits anew after a retry', () => {
    const state = applyAll(
      makeState(),
      taskEvent('sent', 1, 0),
      received(1, 1),
      taskEvent('started', 1, 2),
      taskEvent('sent', 1, 2.9),
      taskEvent('retried', 1, 3),
      received(1, 10, { parent_id: idOf(1) }),
    );
    assert.equal(state.tasks.find(idOf(1))?.waitSeconds, null);
    applyAll(state, taskEvent('started', 1, 10.5));
    assert.equal(state.tasks.find(idOf(1))?.waitSeconds, 0.5);
  });

  it('knows its children, not itself, after a retry', () => {
    const state = applyAll(
      makeState(),
      received(1),
      received(2, 1, { root_id: idOf(1), parent_id: idOf(1) }),
      received('order-3', 2, { root_id: idOf(1), parent_id: idOf(1) }),
      received(4, 3, { root_id: idOf(1), parent_id: 'order-3' }),
      received(1, 4, { root_id: idOf(1), parent_id: idOf(1) }),
    );
    assert.deepEqual(state.tasks.find(idOf(1))?.childIds, [idOf(2), 'order-3']);
    assert.deepEqual(state.tasks.find('order-3')?.childIds, [idOf(4)]);
    assert.deepEqual(state.tasks.find(idOf(4))?.childIds, []);
    assert.deepEqual(applyAll(state, received('r-3', 5)).tasks.find('r-3')?.childIds, []);
  });

  it('without an id is counted as invalid and makes no worker', () => {
    const state = applyAll(
      makeState(),
      taskEvent('started', ''),
      taskEvent('started', 1, 0, { uuid: 5 }),
      taskEvent('started', 'x'.repeat(2000)),
    );
    assert.deepEqual(state.counters().invalidByReason, { 'task event without an id': 2, 'task id too long': 1 });
    assert.deepEqual([state.counters().tasks, state.workers.size], [0, 0]);
  });

  it('moves between worker and type when later events say so', () => {
    const state = applyAll(
      makeState(),
      taskEvent('started', 1, 0, { hostname: 'celery@a' }),
      received(1, 1, { hostname: 'celery@b' }),
    );
    assert.deepEqual(
      state.workerStats(t0).map(({ name, held }) => [name, held]),
      [
        ['celery@a', {}],
        ['celery@b', { STARTED: 1 }],
      ],
    );
    assert.deepEqual(
      state.typeStats(t0).map(({ name, held }) => [name, held]),
      [['shop.charge', { STARTED: 1 }]],
    );
  });
});
