import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Family, openMetricsText, prometheusText } from '../../../server/metrics/exposition.ts';

const family = (parts: Partial<Family>): Family => ({
  name: 'a_total',
  type: 'counter',
  help: 'What it is.',
  samples: [],
  ...parts,
});

test('a counter keeps its name in the text format and loses its ending in the heading of OpenMetrics', () => {
  const counter = family({ samples: [{ labels: [['task', 'shop.pay']], value: 3 }] });
  assert.equal(
    prometheusText([counter]),
    '# HELP a_total What it is.\n# TYPE a_total counter\na_total{task="shop.pay"} 3\n',
  );
  assert.equal(
    openMetricsText([counter]),
    '# HELP a What it is.\n# TYPE a counter\na_total{task="shop.pay"} 3\n# EOF\n',
  );
});

test('whatever stands in a label cannot break its line', () => {
  const nasty = family({ type: 'gauge', name: 'g', samples: [{ labels: [['task', 'a"b\\c\nd{e="f"} 1']], value: 1 }] });
  assert.match(prometheusText([nasty]), /^g\{task="a\\"b\\\\c\\nd\{e=\\"f\\"\} 1"\} 1$/m);
});

test('figures that JSON has no word for are written as Prometheus reads them', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21].map((value) => ({
    labels: [],
    value,
  }));
  assert.match(
    prometheusText([family({ samples: odd })]),
    /a_total NaN\na_total \+Inf\na_total -Inf\na_total 1e\+21\n$/,
  );
});

test('a gauge that others named like a counter says that its type is not known', () => {
  const gauge = family({ type: 'untyped', name: 'celery_workers_total', samples: [{ labels: [], value: 2 }] });
  assert.match(prometheusText([gauge]), /# TYPE celery_workers_total untyped/);
  assert.match(openMetricsText([gauge]), /# TYPE celery_workers_total unknown/);
});
