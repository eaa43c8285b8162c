import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Histograms } from '../../../server/metrics/histograms.ts';
import { otlpMetrics } from '../../../server/telemetry/otlpMetrics.ts';

test('a histogram tells what is in each bucket, not what is below it', () => {
  const histograms = new Histograms('took_seconds', 'How long.', ['task'], [0.5, 1], 10);
  for (const seconds of [0.2, 0.5, 0.7, 9]) histograms.observe(['pay'], seconds);
  assert.deepEqual(otlpMetrics([histograms.family()], 1_000, 2_000), [
    {
      name: 'took_seconds',
      description: 'How long.',
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            startTimeUnixNano: '1000000000',
            timeUnixNano: '2000000000',
            attributes: [{ key: 'task', value: { stringValue: 'pay' } }],
            count: '4',
            sum: 10.4,
            explicitBounds: [0.5, 1],
            bucketCounts: ['2', '1', '1'],
          },
        ],
      },
    },
  ]);
});

test('counters only grow, gauges do not, and what has no figure is left out', () => {
  const sample = { labels: [], value: 3 };
  const [runs, workers, ...more] = otlpMetrics(
    [
      { name: 'runs_total', type: 'counter', help: '', samples: [sample] },
      { name: 'workers', type: 'gauge', help: '', samples: [sample] },
      { name: 'nothing', type: 'gauge', help: '', samples: [] },
    ],
    1_000,
    2_000,
  ) as { sum?: { isMonotonic: boolean }; gauge?: object }[];
  assert.equal(runs?.sum?.isMonotonic, true);
  assert.ok(workers?.gauge);
  assert.deepEqual(more, []);
});
