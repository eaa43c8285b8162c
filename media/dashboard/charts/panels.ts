import { t } from '@vscode/l10n';
import type { Dashboard, DashboardMetric, FilterKind } from '../../../server/api/dashboard.ts';
import { count, duration, rate } from '../../../server/api/figures.ts';
import type { Unit } from '../../page/inUnit.ts';
import { clock } from '../../page/times.ts';
import { type Threshold, thresholdLines } from '../thresholds.ts';

export type Color = 'green' | 'red' | 'yellow' | 'blue' | 'purple' | 'cyan' | 'foreground';

export interface Line {
  readonly key: string;
  readonly label: string;
  readonly color: Color;
  readonly values: readonly (number | null)[];
  /** What a click on it filters by. */
  readonly filter?: { readonly kind: FilterKind; readonly name: string };
}

/** What one chart shows: enough to draw it, to write it as a table, and to say it in a sentence. */
export interface ChartPanel {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly stepSeconds: number;
  /** The time at which each value's step begins. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly thresholds: readonly Threshold[];
  readonly note: string;
  /** Why there is nothing to draw when there is nothing. */
  readonly empty: string;
}

export const chartsOf = (dashboard: Dashboard): readonly ChartPanel[] => [
  throughput(dashboard),
  runtime(dashboard),
  depth(dashboard),
  utilisation(dashboard),
  shares(dashboard),
  wait(dashboard),
  growth(dashboard),
  workersOnline(dashboard),
  usage(dashboard, 'cpu'),
  usage(dashboard, 'memory'),
];

const timesOf = (from: number, stepSeconds: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index * stepSeconds * 1000);

const byStep = ({ from, stepSeconds, points }: Dashboard) => ({
  stepSeconds,
  times: timesOf(from, stepSeconds, points.succeeded.length),
});

const line = (dashboard: Dashboard, key: DashboardMetric, label: string, color: Color): Line => ({
  key,
  label,
  color,
  values: dashboard.points[key],
});

const notByFilter = ({ from }: Dashboard, isFiltered: boolean, words: string): string =>
  isFiltered && from > 0 ? words : t('Nothing is known of this span.');

const throughput = (dashboard: Dashboard): ChartPanel => ({
  id: 'throughput',
  title: t('Throughput'),
  unit: 'perSecond',
  ...byStep(dashboard),
  lines: [
    line(dashboard, 'succeeded', t('succeeded'), 'green'),
    line(dashboard, 'failed', t('failed'), 'red'),
    line(dashboard, 'retried', t('retried'), 'yellow'),
    line(dashboard, 'received', t('received'), 'foreground'),
  ],
  thresholds: [],
  note: [t('{0} tasks ended in this span', count(dashboard.ended)), countedNote(dashboard)].filter(Boolean).join('. '),
  empty: t('No task has ended in this span.'),
});

/** Several filters at once are counted from the tasks that are remembered, which may not reach back as far as the chart. */
const countedNote = ({ countedFrom, from, to }: Dashboard): string =>
  countedFrom === null ? '' : t('With these filters together known from {0} on', clock(countedFrom, to - from));

const runtime = (dashboard: Dashboard): ChartPanel => ({
  id: 'runtime',
  title: t('Runtime'),
  unit: 'seconds',
  ...byStep(dashboard),
  lines: [
    line(dashboard, 'runtimeP50', 'p50', 'blue'),
    line(dashboard, 'runtimeP95', 'p95', 'yellow'),
    line(dashboard, 'runtimeP99', 'p99', 'purple'),
  ],
  thresholds: thresholdLines(dashboard.thresholds.slowTasks),
  note: '',
  empty: t('No task has ended in this span, so no runtime is known.'),
});

const lineColors: readonly Color[] = ['blue', 'yellow', 'purple', 'green', 'red', 'cyan'];

const depth = (dashboard: Dashboard): ChartPanel => {
  const { queues } = dashboard;
  const lines = queues.lines.map(
    ({ name, ready }, index): Line => ({
      key: name,
      label: name,
      color: lineColors[index % lineColors.length] ?? 'foreground',
      values: ready,
      filter: { kind: 'queue', name },
    }),
  );
  const others = queues.others;
  const rest: Line[] = others
    ? [{ key: '(others)', label: t('{0} others', others.count), color: 'foreground', values: others.ready }]
    : [];
  return {
    id: 'depth',
    title: t('Queue depth'),
    unit: 'count',
    stepSeconds: queues.stepSeconds,
    times: timesOf(queues.from, queues.stepSeconds, queues.total.length),
    lines: [...lines, ...rest],
    thresholds: thresholdLines(dashboard.thresholds.queueDepth),
    note: depthNote(dashboard),
    empty:
      dashboard.now.queued === null
        ? t('No queue is known yet: no worker has said which it consumes, and the broker names none.')
        : t('No queue was read in this span. Queues are read while the sidebar or this page is open.'),
  };
};

const depthNote = ({ now, filter }: Dashboard): string => {
  const scope = filter && !filter.queue ? t('All queues: the filter does not apply here. ') : '';
  const { queued, queuedGrowthPerSecond: growth, drainSeconds } = now;
  if (queued === null || growth === null) return scope;
  if (drainSeconds !== null && queued > 0) return scope + t('At this pace empty in {0}', duration(drainSeconds));
  return growth > 0.05 ? scope + t('Grows by {0}', rate(growth)) : scope;
};

/** The growth of all queues together, from one reading to the next that is known. */
export const growthOf = (total: readonly (number | null)[], stepSeconds: number): readonly (number | null)[] =>
  total.map((value, index) => {
    const before = total[index - 1];
    return value === null || before === null || before === undefined ? null : (value - before) / stepSeconds;
  });

const growth = (dashboard: Dashboard): ChartPanel => {
  const { queues } = dashboard;
  return {
    id: 'growth',
    title: t('Queue growth'),
    unit: 'perSecond',
    stepSeconds: queues.stepSeconds,
    times: timesOf(queues.from, queues.stepSeconds, queues.total.length),
    lines: [
      {
        key: 'growth',
        label: dashboard.filter?.queue ? t('these queues') : t('all queues'),
        color: 'blue',
        values: growthOf(queues.total, queues.stepSeconds),
      },
    ],
    thresholds: thresholdLines(dashboard.thresholds.queueGrowth),
    note: '',
    empty: t('It takes two readings of the queues to know how they grow.'),
  };
};

const utilisation = (dashboard: Dashboard): ChartPanel => {
  const slots = dashboard.workers.reduce(
    (sum, { slots, status }) => sum + (status === 'offline' ? 0 : (slots ?? 0)),
    0,
  );
  const pool =
    slots > 0 ? [{ value: slots, severity: 'info', label: t('all {0} slots busy', count(slots)) } as const] : [];
  return {
    id: 'utilisation',
    title: t('Busy slots'),
    unit: 'count',
    ...byStep(dashboard),
    lines: [
      line(dashboard, 'running', t('running'), 'blue'),
      line(dashboard, 'waiting', t('received, sent or to be retried'), 'foreground'),
    ],
    thresholds: pool,
    note: '',
    empty: notByFilter(
      dashboard,
      dashboard.filter !== null,
      t('How many run is known of the whole cluster only. Remove the filter to see it.'),
    ),
  };
};

const shares = (dashboard: Dashboard): ChartPanel => {
  const { points } = dashboard;
  const part = (of: DashboardMetric): readonly (number | null)[] =>
    points.succeeded.map((succeeded, index) => {
      const [failed, retried, value] = [points.failed[index], points.retried[index], points[of][index]];
      if (succeeded === null || failed == null || retried == null || value == null) return null;
      const ended = succeeded + failed + retried;
      return ended === 0 ? null : value / ended;
    });
  return {
    id: 'shares',
    title: t('Success, failure and retry rate'),
    unit: 'share',
    ...byStep(dashboard),
    lines: [
      { key: 'success', label: t('succeeded'), color: 'green', values: part('succeeded') },
      { key: 'failure', label: t('failed'), color: 'red', values: part('failed') },
      { key: 'retry', label: t('retried'), color: 'yellow', values: part('retried') },
    ],
    thresholds: thresholdLines(dashboard.thresholds.failureRate),
    note: '',
    empty: t('No task has ended in this span, so there is no rate.'),
  };
};

const wait = (dashboard: Dashboard): ChartPanel => ({
  id: 'wait',
  title: t('Wait before the start'),
  unit: 'seconds',
  ...byStep(dashboard),
  lines: [line(dashboard, 'waitP95', 'p95', 'yellow')],
  thresholds: thresholdLines(dashboard.thresholds.queueWait),
  note: '',
  empty: t('No task has started in this span.'),
});

const workersOnline = (dashboard: Dashboard): ChartPanel => ({
  id: 'workersOnline',
  title: t('Workers online'),
  unit: 'count',
  ...byStep(dashboard),
  lines: [line(dashboard, 'workersOnline', t('online'), 'green')],
  thresholds: [],
  note: '',
  empty: notByFilter(
    dashboard,
    dashboard.filter !== null,
    t('How many are online is known of the whole cluster only. Remove the filter to see it.'),
  ),
});

/** The workers that use most; the others are in the table of workers. */
const usage = ({ usage: of }: Dashboard, kind: 'cpu' | 'memory'): ChartPanel => ({
  id: kind,
  title: kind === 'cpu' ? t('CPU of the workers’ main processes') : t('Peak memory of the workers’ main processes'),
  unit: kind === 'cpu' ? 'share' : 'bytes',
  stepSeconds: of.stepSeconds,
  times: timesOf(of.from, of.stepSeconds, of[kind][0]?.values.length ?? 0),
  lines: of[kind].map(({ name, values }, index) => ({
    key: name,
    label: name,
    color: lineColors[index % lineColors.length] ?? 'foreground',
    values,
    filter: { kind: 'worker', name },
  })),
  thresholds: [],
  note: of.others > 0 ? t('{0} more use less', count(of.others)) : '',
  empty:
    kind === 'cpu'
      ? t('It takes two answers of a worker, a minute apart, to know what it uses.')
      : t('No worker has said yet what it uses. They are asked once a minute while somebody looks.'),
});
