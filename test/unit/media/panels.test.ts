import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisSteps, axisWord, rangeOf } from '../../../media/dashboard/charts/axis.ts';
import { withoutUnfinished } from '../../../media/dashboard/charts/chartPanel.ts';
import { chartsOf } from '../../../media/dashboard/charts/panels.ts';
import { growthOf } from '../../../media/dashboard/charts/queuePanels.ts';
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
    reason: 'The broker was not connected.',
  };
  const sentence = sentenceOf(chart(dashboard, 'throughput'), [gap]);
  assert.match(sentence, /^Throughput\. succeeded: 2\/s at the end, between 2\/s and 4\/s\./);
  assert.match(sentence, /received: unknown\./);
  assert.match(sentence, /No events from 11:59:40 to 11:59:50: The broker was not connected\.$/);
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
    [0.1, null, 0.25],
    [0.1, null, 0],
  ]);
});

test('a queue growing is the difference of two readings', () => {
  assert.deepEqual(growthOf([10, 30, null, 5, 0], 10), [null, 2, null, null, -0.5]);
});

test('the depth shows when it will be empty, and charts that a filter leaves as they are say so', () => {
  const now = aNow({ queued: 120, queuedGrowthPerSecond: -2, drainSeconds: 60 });
  assert.equal(chart(aDashboard({ now }), 'depth').note, 'Empty in 1 m at this rate');
  const filtered = aDashboard({ now, filter: { type: ['a'] } });
  const badges = ['depth', 'growth', 'utilisation', 'workersOnline', 'runtime'].map((id) => chart(filtered, id).badge);
  assert.deepEqual(badges, ['whole cluster', 'whole cluster', 'whole cluster', 'whole cluster', undefined]);
});

test('several filters together say since when they are known', () => {
  const filter = { type: ['a'], worker: ['w'] };
  assert.equal(chart(aDashboard({ filter, ended: 7 }), 'throughput').note, '7 tasks finished in this time range');
  const { at } = aDashboard();
  const late = aDashboard({ filter, ended: 7, countedFrom: at - 9_000 });
  assert.match(chart(late, 'throughput').note, /^7 tasks finished .* has data since \d\d:\d\d:\d\d$/);
});

test('a step that is not over is left out of rates, unless it is all there is', () => {
  const steps = { at: t0 + 4_000, from: t0 - 20_000, stepSeconds: 10 };
  assert.deepEqual(withoutUnfinished(steps, [8, 9, 2]), [8, 9, null]);
  assert.deepEqual(withoutUnfinished(steps, [null, null, 2]), [null, null, 2]);
  assert.deepEqual(withoutUnfinished({ ...steps, at: t0 + 10_000 }, [8, 9, 7]), [8, 9, 7]);
  const part = { at: t0 - 2_000, ended: 9 };
  const dashboard = aDashboard(part, {
    succeeded: [8, 9, 2],
    failed: [1, 1, 0],
    retried: [1, 0, 0],
    running: [1, 2.4, 2],
  });
  assert.deepEqual(chart(dashboard, 'throughput').lines[0]?.values, [8, 9, null]);
  assert.deepEqual(chart(dashboard, 'shares').lines[0]?.values, [0.1, 0.1, null]);
  assert.deepEqual(
    chart(dashboard, 'utilisation').lines.map(({ values }) => values),
    [[1, 2, 2]],
  );
});

test('axes end at what is shown and are divided by round figures', () => {
  const slots = chart(aDashboard({}, { running: [1, 2, 1] }), 'utilisation');
  assert.deepEqual(
    [slots.thresholds.map(({ label }) => label), rangeOf(1, 2, slots).map(Math.round)],
    [['4 slots'], [0, 4]],
  );
  assert.deepEqual(rangeOf(-1, 3, chart(aDashboard(), 'growth')), [-5, 5]);
  const rates = rangeOf(0, 0.02, chart(aDashboard(), 'shares'));
  assert.ok(rates[1] > 0.2 && rates[1] < 0.3, String(rates));
  assert.deepEqual(
    [100, 120, 3_600].map((seconds) => axisSteps('seconds').includes(seconds)),
    [false, true, true],
  );
  assert.equal(axisWord(12_000, 'count'), '12k');
});
