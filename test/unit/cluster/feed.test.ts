import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Change, ChangeBatch } from '../../../server/api/change.ts';
import { Feed } from '../../../server/cluster/feed.ts';
import { Guard } from '../../../server/cluster/guard.ts';

const gone = (hostname: string): Change => ({ kind: 'workerGone', hostname });

const startFeed = () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const pending: Change[] = [];
  const sent: ChangeBatch[] = [];
  const feed = new Feed('orders', 'epoch', () => pending.splice(0), new Guard({ now: () => 0, log: () => undefined }));
  return { feed, pending, sent, end: () => mock.timers.reset() };
};

test('sends at most ten numbered batches a second, however often something changes', (t) => {
  const { feed, pending, sent, end } = startFeed();
  t.after(end);
  feed.listen((batch) => sent.push(batch));
  for (let ms = 0; ms < 1_000; ms++) {
    pending.push(gone(`w${ms}`));
    feed.touch('urgent');
    mock.timers.tick(1);
  }
  assert.ok(sent.length >= 9 && sent.length <= 10, `${sent.length} batches`);
  assert.deepEqual(
    sent.map((batch) => batch.version.number),
    sent.map((_, index) => index + 1),
  );
  assert.equal(sent.flatMap((batch) => batch.changes).length + pending.length, 1_000);
});

test('sends once a second while only counters move, and at once when something urgent joins', (t) => {
  const { feed, pending, sent, end } = startFeed();
  t.after(end);
  feed.listen((batch) => sent.push(batch));
  pending.push(gone('a'));
  feed.touch('lazy');
  mock.timers.tick(999);
  assert.equal(sent.length, 0);
  feed.touch('urgent');
  mock.timers.tick(100);
  assert.equal(sent.length, 1);
});

test('is silent when nothing changed, and does nothing without a listener', (t) => {
  const { feed, pending, sent, end } = startFeed();
  t.after(end);
  pending.push(gone('a'));
  feed.touch('urgent');
  mock.timers.tick(5_000);
  assert.equal(pending.length, 1);
  const stop = feed.listen((batch) => sent.push(batch));
  feed.flush();
  feed.touch('urgent');
  mock.timers.tick(5_000);
  assert.equal(sent.length, 1);
  stop();
  pending.push(gone('b'));
  feed.touch('urgent');
  mock.timers.tick(5_000);
  assert.equal(sent.length, 1);
});
