import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartsOf, growthOf } from '../../../media/dashboard/charts/panels.ts';
import { rowsOf } from '../../../media/dashboard/charts/rows.ts';
import { isEmpty, sentenceOf } from '../../../media/dashboard/charts/sentence.ts';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { aDashboard, aNow, t0 } from './aDashboard.ts';

const chart = (dashboard: Dashboard, id: string) => {
  const found = chartsOf(dashboard).find((panel) => panel.id === id);
  assert.ok(found, id);
  return found;
};

test('every chart says why it is empty', () => {
  for (const panel of chartsOf(aDashboard())) {
    assert.ok(isEmpty(panel), panel.id);
    assert.ok(panel.empty.length > 10, panel.id);
    assert.equal(sentenceOf(panel, []), `${panel.title}. ${panel.empty}`);
  }
});

test('a chart is a sentence too, with its gaps and their reasons', () => {
  const dashboard = aDashboard({}, { succeeded: [4, null, 2], failed: [0, null, 1], retried: [0, null, 0] });
  const gap = {
    from: t0 - 20_000,
    to: t0 - 10_000,
    cause: 'disconnected' as const,
    reason: 'There was no connection to the broker.',
  };
  const sentence = sentenceOf(chart(dashboard, 'throughput'), [gap]);
  assert.match(sentence, /^Throughput\. succeeded: 2\/s at the end, between 2\/s and 4\/s\./);
  assert.match(sentence, /received: not known\./);
  assert.match(sentence, /No events from 11:59:40 to 11:59:50: There was no connection to the broker\.$/);
});

test('a chart is a table too, newest first, without the steps of which nothing is known', () => {
  const dashboard = aDashboard({}, { succeeded: [4, null, 2], failed: [0, null, 1] });
  const rows = rowsOf(chart(dashboard, 'throughput'));
  assert.deepEqual(
    rows.map(({ time, cells }) => [time, ...cells]),
    [
      ['11:59:50', '2/s', '1/s', '–', '–'],
      ['11:59:30', '4/s', '0/s', '–', '–'],
    ],
  );
});

test('rates are shares of the runs that ended; where none ended there is no rate', () => {
  const dashboard = aDashboard({}, { succeeded: [8, 0, 3], failed: [1, 0, 1], retried: [1, 0, 0] });
  const lines = chart(dashboard, 'shares').lines.map(({ values }) => values);
  assert.deepEqual(lines, [
    [0.8, null, 0.75],
    [0.1, null, 0.25],
    [0.1, null, 0],
  ]);
});

test('a queue growing is the difference of two readings', () => {
  assert.deepEqual(growthOf([10, 30, null, 5, 0], 10), [null, 2, null, null, -0.5]);
});

test('the depth names when it will be empty, and that a filter by task does not apply', () => {
  const now = aNow({ queued: 120, queuedGrowthPerSecond: -2, drainSeconds: 60 });
  assert.equal(chart(aDashboard({ now }), 'depth').note, 'At this pace empty in 1 m');
  const filtered = aDashboard({ now, filter: { type: ['a'] } });
  assert.match(chart(filtered, 'depth').note, /^All queues: the filter does not apply here\./);
  assert.match(chart(filtered, 'utilisation').empty, /Remove the filter/);
});

test('several filters together say since when they are known', () => {
  const filter = { type: ['a'], worker: ['w'] };
  assert.equal(chart(aDashboard({ filter, ended: 7 }), 'throughput').note, '7 tasks ended in this span');
  const { at } = aDashboard();
  const late = aDashboard({ filter, ended: 7, countedFrom: at - 9_000 });
  assert.match(chart(late, 'throughput').note, /^7 tasks ended .* known from \d\d:\d\d:\d\d on$/);
});
