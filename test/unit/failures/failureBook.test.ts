import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FailedRun, FailureBook } from '../../../server/failures/failureBook.ts';

const minute = 60_000;

const aRun = (parts: Partial<FailedRun> & { readonly line?: number } = {}): FailedRun => ({
  taskId: 't1',
  taskName: 'shop.charge',
  worker: 'w1@a',
  exception: "Declined('order 12')",
  traceback: `Traceback (most recent call last):\n  File "/app/shop/orders.py", line ${parts.line ?? 11}, in charge\n    raise Declined(order)\nshop.Declined: order 12\n`,
  at: 10 * minute,
  ...parts,
});

/** A run of a cause of its own. */
const strange = (number: number, at = 0): FailedRun =>
  aRun({ taskName: `task${number}`, exception: 'E()', traceback: null, taskId: `id${number}`, at });

const only = (book: FailureBook) => {
  const [group, ...others] = book.all;
  assert.deepEqual(others, []);
  assert.ok(group);
  return group;
};

test('failures of one cause are one group that knows the first, the last and where', () => {
  const book = new FailureBook();
  assert.equal(book.note(aRun()), true);
  const later = aRun({ taskId: 't2', worker: 'w2@b', at: 12 * minute, line: 14 });
  assert.equal(book.note({ ...later, traceback: later.traceback?.replace('12\n', '77\n') ?? null }), false);
  const group = only(book);
  assert.deepEqual(
    [group.count, group.unseen, group.firstSeenAt, group.lastSeenAt, group.lastTaskId],
    [2, 2, 10 * minute, 12 * minute, 't2'],
  );
  assert.deepEqual(group.workers, ['w2@b', 'w1@a']);
  assert.deepEqual(group.frame, { file: '/app/shop/orders.py', line: 14, function: 'charge' });
  assert.equal(group.message, 'order 77');
  assert.deepEqual(group.perMinute.slice(-4), [0, 1, 0, 1]);
});

test('a failure whose event did not name the task joins the group of its cause', () => {
  const book = new FailureBook();
  book.note(aRun());
  assert.equal(book.note(aRun({ taskName: null, taskId: 't2' })), false);
  const group = only(book);
  assert.deepEqual([group.taskName, group.count, group.lastTaskId], ['shop.charge', 2, 't2']);
});

test('a group without a name gets that of the first run that has one, and is no new group', () => {
  const book = new FailureBook();
  book.note(aRun({ taskName: null }));
  assert.equal(book.note(aRun()), false);
  assert.equal(book.note(aRun()), false);
  const group = only(book);
  assert.deepEqual([group.taskName, group.count], ['shop.charge', 3]);
  assert.equal(book.note(aRun({ taskName: 'shop.refund' })), true, 'another task is another group');
  assert.equal(book.all.length, 2);
});

test('minutes that passed are empty, a late failure counts in its own minute, and an hour is kept', () => {
  const book = new FailureBook();
  book.note(aRun({ at: 0 }));
  book.note(aRun({ at: 59 * minute }));
  book.note(aRun({ at: 58 * minute }));
  assert.deepEqual(only(book).perMinute, [1, ...new Array(57).fill(0), 1, 1]);
  book.note(aRun({ at: 200 * minute }));
  assert.deepEqual(only(book).perMinute, [...new Array(59).fill(0), 1]);
});

test('what was told is not told again until it changes', () => {
  const book = new FailureBook();
  book.note(aRun());
  assert.deepEqual(
    book.takeChanges().changed.map(({ count }) => count),
    [1],
  );
  assert.deepEqual(book.takeChanges(), { changed: [], gone: [] });
  book.note(aRun());
  assert.equal(book.takeChanges().changed[0]?.count, 2);
});

test('a flood of causes is told in parts, and stays within the limit', () => {
  const book = new FailureBook();
  for (let number = 0; number < 10_000; number++) book.note(strange(number, number));
  assert.ok(book.all.length <= 2_000 && book.all.length > 1_800, `${book.all.length} groups`);
  assert.ok(book.all.some(({ lastTaskId }) => lastTaskId === 'id9999'));
  const told = book.takeChanges();
  assert.equal(told.changed.length, 200);
  assert.ok(told.gone.length <= 4_000);
  assert.equal(book.hasChanges, true);
});

test('groups that have been seen go before unseen ones, the oldest first, muted ones later', () => {
  const book = new FailureBook(4);
  for (let number = 0; number < 4; number++) book.note(strange(number, number));
  const idOf = (taskId: string): string => book.all.find(({ lastTaskId }) => lastTaskId === taskId)?.id ?? '';
  book.mute([idOf('id1')], { kind: 'forever' });
  book.markSeen([idOf('id1'), idOf('id2'), idOf('id3')]);
  book.takeChanges();
  book.note(strange(5, 5));
  assert.deepEqual(book.all.map(({ lastTaskId }) => lastTaskId).sort(), ['id0', 'id1', 'id3', 'id5']);
  assert.equal(book.takeChanges().gone.length, 1);
});

test('seen means seen until it fails again', () => {
  const book = new FailureBook();
  book.note(aRun());
  book.markSeen(null);
  assert.equal(only(book).unseen, 0);
  book.note(aRun());
  assert.equal(only(book).unseen, 1);
});

test('while a group is muted its failures count, but not as unseen', () => {
  const book = new FailureBook();
  book.note(aRun());
  book.mute([only(book).id], { kind: 'forever' });
  book.note(aRun());
  assert.deepEqual([only(book).count, only(book).unseen], [2, 0]);
  book.mute([only(book).id], null);
  book.note(aRun());
  assert.deepEqual([only(book).unseen, only(book).mute], [1, null]);
});

test('a mute with an end has it to the millisecond, with or without another failure', () => {
  const book = new FailureBook();
  book.note(aRun({ at: 0 }));
  book.mute([only(book).id], { kind: 'until', at: minute });
  book.tick(minute - 1);
  assert.notEqual(only(book).mute, null);
  book.tick(minute);
  assert.equal(only(book).mute, null);
  book.mute([only(book).id], { kind: 'until', at: 2 * minute });
  book.note(aRun({ at: 2 * minute }));
  assert.deepEqual([only(book).mute, only(book).unseen], [null, 1]);
});

test('a mute until something changes ends with another message, line or worker, and with nothing else', () => {
  const base = aRun();
  const others: readonly [string, FailedRun, boolean][] = [
    ['the same', { ...base, taskId: 'other', at: base.at + 1 }, true],
    ['another number', { ...base, traceback: base.traceback?.replace('order 12\n', 'order 13\n') ?? null }, true],
    ['other words', { ...base, traceback: base.traceback?.replace('order 12\n', 'no such order\n') ?? null }, false],
    ['another line', aRun({ line: 12 }), false],
    ['another worker', { ...base, worker: 'w9@z' }, false],
  ];
  for (const [what, run, isMuted] of others) {
    const book = new FailureBook();
    book.note(base);
    book.mute([only(book).id], { kind: 'change' });
    book.note(run);
    assert.equal(only(book).mute !== null, isMuted, what);
  }
});

test('groups, mutes and what was seen come back, and what was heard meanwhile is added', () => {
  const before = new FailureBook();
  before.note(aRun());
  before.note(strange(1));
  before.mute([before.all[1]?.id ?? ''], { kind: 'forever' });
  before.markSeen(null);
  const kept: unknown = JSON.parse(JSON.stringify(before.takeUnsaved()));
  const after = new FailureBook();
  after.note(aRun({ at: 20 * minute, taskId: 'new' }));
  after.restore(kept as ReturnType<FailureBook['takeUnsaved']>);
  const [charge, other] = after.all;
  assert.deepEqual(
    [charge?.count, charge?.unseen, charge?.firstSeenAt, charge?.lastTaskId],
    [2, 1, 10 * minute, 'new'],
  );
  assert.deepEqual([other?.count, other?.mute], [1, { kind: 'forever' }]);
  assert.deepEqual(before.takeUnsaved(), []);
});
