import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Failure } from '../../../server/api/history.ts';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { attemptsOf } from '../../../server/detail/attempts.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../state/someEvents.ts';

const outcome = (type: string, at: number, message: string, hostname = 'celery@a'): CeleryEvent =>
  taskEvent(type, 1, at, { exception: `E('${message}')`, traceback: `T ${message}`, hostname });

const life: readonly CeleryEvent[] = [
  received(1, 1),
  taskEvent('started', 1, 2),
  outcome('retried', 3, 'first'),
  received(1, 4, { retries: 1, hostname: 'celery@b' }),
  taskEvent('started', 1, 5, { hostname: 'celery@b' }),
  outcome('retried', 6, 'second', 'celery@b'),
  received(1, 7, { retries: 2 }),
  taskEvent('started', 1, 8),
  outcome('failed', 9, 'third'),
];

const attemptsAfter = (events: readonly CeleryEvent[], heard = events, failures: readonly Failure[] = []) => {
  const task = applyAll(makeState(), ...events).tasks.find(idOf(1));
  assert.ok(task);
  return attemptsOf(task, heard, failures);
};

const retriedAt = (at: number, message: string): Failure => ({
  taskId: idOf(1),
  at: (t0 + at) * 1000,
  retried: true,
  name: null,
  worker: 'celery@h',
  queue: null,
  kind: 'E',
  exception: `E('${message}')`,
  traceback: null,
});

describe('the attempts of a task', () => {
  it('stand side by side, each with its worker, times and exception', () => {
    const attempts = attemptsAfter(life);
    assert.deepEqual(
      attempts.map(({ number, state, worker, startedAt, endedAt, exception }) => [
        number,
        state,
        worker,
        (startedAt ?? 0) / 1000 - t0,
        (endedAt ?? 0) / 1000 - t0,
        exception,
      ]),
      [
        [1, 'RETRY', 'celery@a', 2, 3, "E('first')"],
        [2, 'RETRY', 'celery@b', 5, 6, "E('second')"],
        [3, 'FAILURE', 'celery@a', 8, 9, "E('third')"],
      ],
    );
  });

  it('are none for a task that ran once', () => {
    assert.deepEqual(attemptsAfter([received(1, 1), taskEvent('started', 1, 2)]), []);
  });

  it('come from the history where the raw events are gone', () => {
    const attempts = attemptsAfter(life, [], [retriedAt(6, 'second'), retriedAt(3, 'first')]);
    assert.deepEqual(
      attempts.map(({ number, state, worker, exception }) => [number, state, worker, exception]),
      [
        [1, 'RETRY', 'celery@h', "E('first')"],
        [2, 'RETRY', 'celery@h', "E('second')"],
        [3, 'FAILURE', 'celery@a', "E('third')"],
      ],
    );
  });

  it('keep their numbers when the first ones are known to nobody', () => {
    assert.deepEqual(
      attemptsAfter(life, life.slice(6)).map(({ number }) => number),
      [3],
    );
    assert.deepEqual(
      attemptsAfter(life, [], [retriedAt(6, 'second')]).map(({ number }) => number),
      [2, 3],
    );
  });

  it('show one that waits for its next run', () => {
    const attempts = attemptsAfter(life.slice(0, 3));
    assert.deepEqual(
      attempts.map(({ number, state, exception }) => [number, state, exception]),
      [[1, 'RETRY', "E('first')"]],
    );
  });
});
