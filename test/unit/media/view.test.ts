import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesOf } from '../../../media/dashboard/header/choices.ts';
import {
  filteredBy,
  ranges,
  rangeWord,
  rhythmMs,
  spanOf,
  toggled,
  viewFrom,
  withNames,
  withTable,
  zoomed,
} from '../../../media/dashboard/view.ts';

const now = 1_800_000_000_000;
const view = viewFrom(undefined);

test('what was kept comes back, and what makes no sense does not', () => {
  const kept = {
    rangeSeconds: 3_600,
    zoom: { from: now - 60_000, to: now },
    filter: { type: ['orders.*'], queue: ['emails', 'default'] },
    pausedAt: now,
    tables: ['runtime'],
  };
  assert.deepEqual(viewFrom(JSON.parse(JSON.stringify(kept))), kept);
  for (const nonsense of [
    null,
    7,
    'x',
    { rangeSeconds: -1, zoom: { from: 2, to: 1 }, filter: { queue: 7, worker: [] }, tables: 7 },
  ])
    assert.deepEqual(viewFrom(nonsense), view);
});

test('the span that is asked for is the zoom, or ends when it was paused, or now', () => {
  assert.deepEqual(spanOf(view, now), { from: now - 900_000 });
  assert.deepEqual(spanOf({ ...view, pausedAt: now - 5_000 }, now), { from: now - 905_000, to: now - 5_000 });
  const close = zoomed(view, now - 2_000, now);
  assert.deepEqual(spanOf(close, now), { from: now - 6_000, to: now + 4_000 });
});

test('choosing the same filter again shows everything', () => {
  const once = filteredBy(view, 'queue', 'emails');
  assert.deepEqual(once.filter, { queue: ['emails'] });
  assert.equal(filteredBy(once, 'queue', 'emails').filter, null);
  assert.deepEqual(filteredBy(once, 'queue', 'default').filter, { queue: ['default'] });
});

test('filters of several kinds narrow down together, and each name can be taken away by itself', () => {
  const both = toggled(filteredBy(view, 'queue', 'emails'), 'worker', 'api@lab');
  assert.deepEqual(both.filter, { queue: ['emails'], worker: ['api@lab'] });
  const more = toggled(both, 'queue', 'default');
  assert.deepEqual(more.filter, { queue: ['emails', 'default'], worker: ['api@lab'] });
  assert.deepEqual(toggled(more, 'queue', 'emails').filter, { queue: ['default'], worker: ['api@lab'] });
  assert.deepEqual(withNames(more, 'queue', []).filter, { worker: ['api@lab'] });
  assert.equal(toggled(toggled(both, 'worker', 'api@lab'), 'queue', 'emails').filter, null);
});

test('a panel turns into a table and back', () => {
  assert.deepEqual(withTable(withTable(view, 'runtime'), 'depth').tables, ['runtime', 'depth']);
  assert.deepEqual(withTable(withTable(view, 'runtime'), 'runtime').tables, []);
});

test('the longer the span, the rarer it is read', () => {
  const rhythms = ranges.map((rangeSeconds) => rhythmMs({ ...view, rangeSeconds }));
  assert.deepEqual(
    [ranges[1], ranges[2], ranges[5], ranges[6]].map((range) => rangeWord(range ?? 0)),
    ['15 minutes', '1 hour', '24 hours', '7 days'],
  );
  assert.deepEqual(rhythms, [1_000, 1_000, 2_000, 10_000, 10_000, 30_000, 30_000]);
});

test('typing finds names that begin so, then names that hold it; a star makes a pattern', () => {
  const names = ['mail.orders', 'orders.charge', 'orders.refund'];
  assert.deepEqual(
    choicesOf(names, 'ORD', []).map(({ name }) => name),
    ['orders.charge', 'orders.refund', 'mail.orders'],
  );
  assert.deepEqual(choicesOf(names, 'orders.*', ['b']), [
    { name: 'orders.*', label: 'All matching orders.*', isChosen: false },
  ]);
  assert.equal(choicesOf(names, '', [names[2] ?? ''])[0]?.name, null);
  assert.deepEqual(choicesOf(names, 'nobody', []), []);
});

test('a page that was opened for a task is filtered to it until something else is kept', () => {
  assert.deepEqual(viewFrom(undefined, 'orders.charge').filter, { type: ['orders.charge'] });
  assert.equal(viewFrom(JSON.parse(JSON.stringify(view)), 'orders.charge').filter, null);
});
