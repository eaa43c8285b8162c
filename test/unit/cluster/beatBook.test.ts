import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from '../../../server/api/model.ts';
import { BeatBook } from '../../../server/cluster/beatBook.ts';
import { aWorker } from '../aSnapshot.ts';

const name = 'celerybeat@one';
const hour = 3_600_000;

test('a beat is alive since its first answer, and silent since the ping that it did not answer', () => {
  const book = new BeatBook(() => new Map());
  book.noteAnswer(name, 1_000);
  book.noteAnswer(name, 5_000);
  assert.deepEqual(book.all, [{ hostname: name, status: 'alive', statusSince: 1_000, lastAnswerAt: 5_000 }]);
  assert.ok(book.isAlive(name));
  book.noteSilence(name, 9_000);
  book.noteSilence(name, 12_000);
  assert.deepEqual(book.all, [{ hostname: name, status: 'silent', statusSince: 9_000, lastAnswerAt: 5_000 }]);
  assert.equal(book.isAlive(name), false);
  assert.deepEqual(book.takeChanges(), { changed: book.all, gone: [] });
  assert.deepEqual(book.takeChanges(), { changed: [], gone: [] });
});

test('a mailbox in which no beat ever answered is reported only while no beat is alive', () => {
  const book = new BeatBook(() => new Map());
  book.noteSilence('celerybeat@yesterday', 1_000);
  assert.equal(book.all[0]?.lastAnswerAt, null);
  book.noteAnswer(name, 2_000);
  book.tidy(2_000);
  book.noteSilence('celerybeat@yesterday', 3_000);
  assert.deepEqual(
    book.all.map(({ hostname }) => hostname),
    [name],
  );
  assert.deepEqual(book.takeChanges().gone, ['celerybeat@yesterday']);
});

test('a beat that has been silent for long is forgotten', () => {
  const book = new BeatBook(() => new Map());
  book.noteAnswer(name, 0);
  book.noteSilence(name, 1_000);
  book.tidy(hour);
  assert.equal(book.all.length, 1);
  book.tidy(hour + 2_000);
  assert.equal(book.all.length, 0);
});

test('who sends heartbeats is a worker, whatever its name', () => {
  const workers = new Map<string, Worker>();
  const book = new BeatBook(() => workers);
  book.noteAnswer(name, 0);
  book.noteAnswer('nightly@one', 0);
  assert.ok(book.isBeat(name) && book.isBeat('nightly@one') && book.isBeat('celerybeat@two'));
  assert.equal(book.isBeat('celery@one'), false);
  for (const hostname of [name, 'nightly@one']) workers.set(hostname, aWorker({ hostname }));
  assert.equal(book.isBeat(name) || book.isBeat('nightly@one'), false);
  book.tidy(1);
  assert.deepEqual(book.all, []);
});
