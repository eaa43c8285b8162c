interface Query {
  readonly expr: string;
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly kind: 'stat' | 'gauge' | 'timeseries' | 'piechart' | 'table';
  readonly unit: 'short' | 's' | 'ops' | 'percentunit' | 'bytes';
  readonly queries: readonly Query[];
}

const panel = (title: string, kind: Panel['kind'], unit: Panel['unit'], ...queries: readonly Query[]): Panel => ({
  title,
  kind,
  unit,
  queries,
});
const query = (expr: string, legend: string): Query => ({ expr, legend });

const quantile = (share: number, metric: string): string =>
  `histogram_quantile(${share}, sum by (le) (rate(${metric}_bucket[$__rate_interval])))`;
const ended = 'sum(rate(celery_tasks_total[$__rate_interval]))';
const shareOf = (state: string): string =>
  `sum(rate(celery_tasks_total{state="${state}"}[$__rate_interval])) / ${ended}`;

const dashboards: Readonly<Record<string, { readonly title: string; readonly panels: readonly Panel[] }>> = {
  'celery-workers': {
    title: 'Celery: workers',
    panels: [
      panel('Active workers', 'gauge', 'short', query('celery_workers_active', 'active')),
      panel('Verdict (2 healthy, 1 degraded, 0 unhealthy)', 'stat', 'short', query('celery_health', 'verdict')),
      panel('Finished tasks per hour', 'stat', 'short', query('sum(increase(celery_tasks_total[1h]))', 'tasks')),
      panel('Tasks running', 'timeseries', 'short', query('celery_worker_active_tasks', '{{worker}}')),
      panel(
        'Started tasks per second',
        'timeseries',
        'ops',
        query('rate(celery_worker_begun_tasks_total[$__rate_interval])', '{{worker}}'),
      ),
      panel('Load average by host', 'timeseries', 'short', query('celery_worker_load1', '{{worker}}')),
      panel('Seconds since last heartbeat', 'timeseries', 's', query('celery_worker_last_seen_seconds', '{{worker}}')),
      panel('Alerts', 'table', 'short', query('celery_alert', '{{severity}} {{rule}} {{subject}}')),
    ],
  },
  'celery-queues': {
    title: 'Celery: queues',
    panels: [
      panel('Waiting messages', 'timeseries', 'short', query('celery_queue_length', '{{queue}}')),
      panel('Unacknowledged', 'timeseries', 'short', query('celery_queue_unacked', '{{queue}}')),
      panel('Growth per second', 'timeseries', 'ops', query('deriv(celery_queue_length[5m])', '{{queue}}')),
      panel(
        'Queue wait',
        'timeseries',
        's',
        query(quantile(0.5, 'celery_task_wait_time_seconds'), 'p50'),
        query(quantile(0.95, 'celery_task_wait_time_seconds'), 'p95'),
      ),
      panel('Consuming workers', 'timeseries', 'short', query('celery_queue_workers', '{{queue}}')),
      panel('Tasks by final state', 'piechart', 'short', query('sum by (state) (celery_tasks_total)', '{{state}}')),
    ],
  },
  'celery-tasks': {
    title: 'Celery: task performance',
    panels: [
      panel(
        'Runtime',
        'timeseries',
        's',
        ...[0.5, 0.95, 0.99].map((share) => query(quantile(share, 'celery_task_duration_seconds'), `p${share * 100}`)),
      ),
      panel(
        'Success and failure',
        'timeseries',
        'percentunit',
        query(shareOf('SUCCESS'), 'succeeded'),
        query(shareOf('FAILURE'), 'failed'),
      ),
      panel('Retries', 'timeseries', 'percentunit', query(shareOf('RETRY'), 'tried again')),
      panel(
        'Finished per second',
        'timeseries',
        'ops',
        query('sum by (state) (rate(celery_tasks_total[$__rate_interval]))', '{{state}}'),
      ),
      panel(
        'Slowest tasks, mean',
        'table',
        's',
        query(
          'topk(10, sum by (task) (celery_task_duration_seconds_sum) / sum by (task) (celery_task_duration_seconds_count))',
          '{{task}}',
        ),
      ),
      panel(
        'Busiest tasks',
        'table',
        'ops',
        query('topk(10, sum by (task) (rate(celery_task_runs_total[5m])))', '{{task}}'),
      ),
    ],
  },
};

/** What Grafana imports, by the name of the file. */
export const grafanaDashboards = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(dashboards).map(([uid, { title, panels }]) => [uid, dashboardOf(uid, title, panels)]),
  );

const columns = 2;
const size = { width: 12, height: 8 };
const datasource = { type: 'prometheus', uid: '${datasource}' };

const dashboardOf = (uid: string, title: string, panels: readonly Panel[]): unknown => ({
  uid,
  title,
  tags: ['celery'],
  schemaVersion: 39,
  editable: true,
  refresh: '30s',
  time: { from: 'now-1h', to: 'now' },
  templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }] },
  panels: panels.map((each, index) => ({
    id: index + 1,
    title: each.title,
    type: each.kind,
    datasource,
    gridPos: {
      x: (index % columns) * size.width,
      y: Math.floor(index / columns) * size.height,
      w: size.width,
      h: size.height,
    },
    fieldConfig: { defaults: { unit: each.unit }, overrides: [] },
    targets: each.queries.map(({ expr, legend }, at) => ({
      refId: String.fromCharCode(65 + at),
      expr,
      legendFormat: legend,
      datasource,
      ...(each.kind === 'table' ? { instant: true, format: 'table' } : {}),
    })),
  })),
});
