import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueDepth } from '../../../server/api/model.ts';
import { QueueBook } from '../../../server/cluster/queueBook.ts';

const depth = (name: string, ready: number, parts: Partial<QueueDepth> = {}): QueueDepth => ({
  name,
  exists: true,
  ready,
  unacked: 0,
  consumers: 1,
  ...parts,
});

test('tells how fast a queue shrinks and when it will be empty', () => {
  const book = new QueueBook();
  book.note([depth('emails', 100)], 0);
  assert.equal(book.all.get('emails')?.growthPerSecond, null);
  book.note([depth('emails', 80)], 10_000);
  const queue = book.all.get('emails');
  assert.equal(queue?.growthPerSecond, -2);
  assert.equal(queue?.drainSeconds, 40);
});

test('a pace is that of the last minute, and a growing queue has no end', () => {
  const book = new QueueBook();
  for (let second = 0; second <= 120; second += 10)
    book.note([depth('q', second < 60 ? 0 : second - 60)], second * 1_000);
  assert.equal(book.all.get('q')?.growthPerSecond, 1);
  assert.equal(book.all.get('q')?.drainSeconds, null);
});

test('only queues whose figures changed are told again', () => {
  const book = new QueueBook();
  book.note([depth('a', 1), depth('b', 1)], 0);
  assert.deepEqual(
    book.takeChanges().changed.map((each) => each.name),
    ['a', 'b'],
  );
  book.note([depth('a', 1), depth('b', 1)], 1_000);
  book.takeChanges();
  book.note([depth('a', 1), depth('b', 2)], 2_000);
  assert.deepEqual(
    book.takeChanges().changed.map((each) => each.name),
    ['b'],
  );
});

test('a queue that is gone is told once; one that a worker consumes stays, empty or not', () => {
  const book = new QueueBook();
  book.noteConsumer('w@1', ['kept']);
  book.note([depth('kept', 0), depth('left', 0)], 0);
  book.takeChanges();
  book.note([depth('kept', 0, { exists: false }), depth('left', 0, { exists: false })], 1_000);
  assert.deepEqual(book.takeChanges().gone, ['left']);
  assert.deepEqual(book.takeChanges().gone, []);
  assert.deepEqual(book.all.get('kept')?.workers, ['w@1']);
});

test('a worker that changes its queues is no longer named at the old ones', () => {
  const book = new QueueBook();
  book.noteConsumer('w@1', ['a']);
  book.noteConsumer('w@1', ['b']);
  book.note([depth('a', 0), depth('b', 0)], 0);
  assert.deepEqual(book.all.get('a')?.workers, []);
  assert.deepEqual(book.all.get('b')?.workers, ['w@1']);
});

test('a worker that is gone no longer counts as a consumer', () => {
  const book = new QueueBook();
  book.noteConsumer('w@1', ['a']);
  book.forgetConsumers((name) => name === 'w@1');
  book.note([depth('a', 3)], 0);
  assert.deepEqual(book.all.get('a')?.workers, []);
});

test('a worker that is gone leaves neither its name nor a queue that only it consumed', () => {
  const book = new QueueBook();
  book.noteConsumer('a@x', ['own', 'shared']);
  book.noteConsumer('b@x', ['shared']);
  book.forgetConsumers((hostname) => hostname === 'a@x');
  assert.equal(book.hasReported('a@x'), false);
  assert.equal(book.hasReported('b@x'), true);
  assert.deepEqual(book.names, ['shared']);
});

test('a queue whose figures stay the same is told again now and then, so that its age is known', () => {
  const book = new QueueBook();
  const told: (readonly [number, number])[] = [];
  for (let second = 0; second <= 60; second += 5) {
    book.note([depth('a', 1)], second * 1_000);
    for (const { updatedAt } of book.takeChanges().changed) told.push([second, updatedAt / 1_000]);
  }
  // The second reading tells the pace.
  assert.deepEqual(
    told.map(([second]) => second),
    [0, 5, 20, 35, 50],
  );
  assert.ok(told.every(([second, updatedAt]) => second === updatedAt));
});
