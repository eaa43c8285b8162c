import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { PulseBook } from '../../../server/health/pulseBook.ts';

const beat = (pid: number, processed?: number, type = 'worker-heartbeat'): CeleryEvent => ({
  type,
  hostname: 'w@a',
  timestamp: 0,
  pid,
  ...(processed === undefined ? {} : { processed }),
});

/** Beats at so many seconds, then the pulse at `until`. */
const pulseAfter = (beats: readonly (readonly [number, CeleryEvent])[], until: number) => {
  const book = new PulseBook();
  for (const [at, event] of beats) book.note(event, at * 1_000);
  return book.at(until * 1_000).get('w@a');
};

test('another process under the same name is a restart', () => {
  const pulse = pulseAfter(
    [
      [0, beat(1)],
      [2, beat(1)],
      [10, beat(2)],
      [12, beat(2)],
    ],
    12,
  );
  assert.deepEqual([pulse?.restarts, pulse?.processes], [[10_000], 1]);
});

test('so is a count that falls, where the pid is the same as it is in containers', () => {
  const pulse = pulseAfter(
    [
      [0, beat(1, 40)],
      [10, beat(1, 2)],
    ],
    12,
  );
  assert.deepEqual(pulse?.restarts, [10_000]);
});

test('restarts are remembered for an hour', () => {
  const beats = [
    [0, beat(1)],
    [10, beat(2)],
    [3_000, beat(3)],
  ] as const;
  assert.equal(pulseAfter(beats, 3_609)?.restarts.length, 2);
  assert.equal(pulseAfter(beats, 3_610)?.restarts.length, 1);
});

test('two that beat by turns share a name, which is no restart; half a minute after the last turn it is over', () => {
  const beats = [0, 1, 2, 3, 4, 5].map((at) => [at, beat(1 + (at % 2))] as const);
  assert.deepEqual([pulseAfter(beats, 5)?.processes, pulseAfter(beats, 5)?.restarts], [2, []]);
  assert.equal(pulseAfter(beats, 33)?.processes, 2);
  assert.equal(pulseAfter(beats, 35)?.processes, 1);
});

test('a warm shutdown while its successor already beats is no second worker', () => {
  const goodbye = beat(1, undefined, 'worker-offline');
  const pulse = pulseAfter(
    [
      [0, beat(1)],
      [2, beat(2)],
      [3, goodbye],
      [4, beat(2)],
    ],
    4,
  );
  assert.equal(pulse?.processes, 1);
});

test('progress is what it begins by its own count, over a restart too', () => {
  const beats = [
    [0, beat(1, 40)],
    [2, beat(1, 42)],
    [4, beat(1, 42)],
    [6, beat(2, 0)],
    [8, beat(2, 3)],
    [20, beat(2, 3)],
  ] as const;
  const pulse = pulseAfter(beats, 20);
  assert.deepEqual([pulse?.begun, pulse?.idleSince, pulse?.heardSince], [5, 8_000, 0]);
});

test('events of tasks are no beats', () => {
  const book = new PulseBook();
  book.note({ ...beat(1), type: 'task-started' }, 0);
  assert.equal(book.at(0).size, 0);
});
