import { contentTypes, openMetricsLines, prometheusLines } from '../../../metrics/exposition.ts';
import { text } from '../answer.ts';
import type { Route } from '../route.ts';

export const metrics: readonly Route[] = [
  {
    method: 'GET',
    path: '/metrics',
    summary: 'Metrics in the Prometheus text format or OpenMetrics, depending on the Accept header',
    tag: 'metrics',
    parameters: [],
    answers: { 200: { what: 'The metrics.', type: 'text/plain' } },
    handle: ({ served, headers }) => {
      const families = served.metrics.families(served.cluster);
      return headers.accept?.includes('application/openmetrics-text')
        ? text({ lines: openMetricsLines(families) }, 200, contentTypes.openMetrics)
        : text({ lines: prometheusLines(families) }, 200, contentTypes.prometheus);
    },
  },
];
