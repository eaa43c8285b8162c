import { t } from '@vscode/l10n';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { count } from '../../../server/api/figures.ts';
import { clock } from '../../page/times.ts';
import { thresholdLines } from '../thresholds.ts';
import {
  byName,
  byStep,
  type ChartPanel,
  line,
  lineColors,
  ofWholeCluster,
  timesOf,
  unknownSpan,
  whole,
  withoutUnfinished,
} from './chartPanel.ts';
import { depth, growth } from './queuePanels.ts';

export const chartsOf = (dashboard: Dashboard): readonly ChartPanel[] => [
  throughput(dashboard),
  runtime(dashboard),
  depth(dashboard),
  utilisation(dashboard),
  waiting(dashboard),
  shares(dashboard),
  wait(dashboard),
  growth(dashboard),
  workersOnline(dashboard),
  usage(dashboard, 'cpu'),
  usage(dashboard, 'memory'),
];

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
  note: [
    dashboard.ended === 1
      ? t('1 task finished in this time range')
      : t('{0} tasks finished in this time range', count(dashboard.ended)),
    countedNote(dashboard),
  ]
    .filter(Boolean)
    .join('. '),
  empty: t('No task finished in this time range.'),
});

/** Several filters at once are counted from the tasks in memory, which may not reach back as far as the chart. */
const countedNote = ({ countedFrom, from, to }: Dashboard): string =>
  countedFrom === null ? '' : t('This combination of filters has data since {0}', clock(countedFrom, to - from));

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
  empty: t('No task finished in this time range.'),
});

/** How many tasks the workers that are there can run at once; zero where none has said. */
export const slotsOf = ({ workers }: Pick<Dashboard, 'workers'>): number =>
  workers.reduce((sum, { slots, status }) => sum + (status === 'offline' ? 0 : (slots ?? 0)), 0);

const utilisation = (dashboard: Dashboard): ChartPanel => {
  const slots = slotsOf(dashboard);
  const limit = {
    value: slots,
    severity: 'info',
    label: slots === 1 ? t('1 slot') : t('{0} slots', count(slots)),
  } as const;
  return {
    id: 'utilisation',
    title: t('Busy slots'),
    unit: 'count',
    ...byStep(dashboard),
    lines: [
      { ...line(dashboard, 'running', t('running'), 'blue'), values: whole(dashboard.points.running), isArea: true },
    ],
    // The slots of a filter are those of some workers, and the line is of all.
    thresholds: slots > 0 && !dashboard.filter?.worker ? [limit] : [],
    scale: 'fit',
    ...ofWholeCluster(dashboard),
    note: '',
    empty: unknownSpan(),
  };
};

const waiting = (dashboard: Dashboard): ChartPanel => ({
  id: 'waiting',
  title: t('Waiting tasks'),
  unit: 'count',
  ...byStep(dashboard),
  lines: [{ ...line(dashboard, 'waiting', t('waiting'), 'foreground'), values: whole(dashboard.points.waiting) }],
  thresholds: [],
  ...ofWholeCluster(dashboard),
  note: t('Sent, received or to be retried, as reported by events'),
  empty: unknownSpan(),
});

const shares = (dashboard: Dashboard): ChartPanel => {
  const points = {
    succeeded: withoutUnfinished(dashboard, dashboard.points.succeeded),
    failed: dashboard.points.failed,
    retried: dashboard.points.retried,
  };
  const part = (of: 'failed' | 'retried'): readonly (number | null)[] =>
    points.succeeded.map((succeeded, index) => {
      const [failed, retried, value] = [points.failed[index], points.retried[index], points[of][index]];
      if (succeeded == null || failed == null || retried == null || value == null) return null;
      const ended = succeeded + failed + retried;
      return ended === 0 ? null : value / ended;
    });
  return {
    id: 'shares',
    title: t('Failure and retry rate'),
    unit: 'share',
    ...byStep(dashboard),
    scale: 'fit',
    lines: [
      { key: 'failure', label: t('failed'), color: 'red', values: part('failed') },
      { key: 'retry', label: t('retried'), color: 'yellow', values: part('retried') },
    ],
    thresholds: thresholdLines(dashboard.thresholds.failureRate),
    note: '',
    empty: t('No task finished in this time range.'),
  };
};

const wait = (dashboard: Dashboard): ChartPanel => ({
  id: 'wait',
  title: t('Queue wait'),
  unit: 'seconds',
  ...byStep(dashboard),
  lines: [line(dashboard, 'waitP95', 'p95', 'yellow')],
  thresholds: thresholdLines(dashboard.thresholds.queueWait),
  note: '',
  empty: t('No task started in this time range.'),
});

const workersOnline = (dashboard: Dashboard): ChartPanel => ({
  id: 'workersOnline',
  title: t('Workers online'),
  unit: 'count',
  ...byStep(dashboard),
  lines: [{ ...line(dashboard, 'workersOnline', t('online'), 'green'), values: whole(dashboard.points.workersOnline) }],
  thresholds: [],
  ...ofWholeCluster(dashboard),
  note: '',
  empty: unknownSpan(),
});

/** The workers that use most; the others are in the table of workers. */
const usage = ({ usage: of }: Dashboard, kind: 'cpu' | 'memory'): ChartPanel => ({
  id: kind,
  title: kind === 'cpu' ? t('CPU of worker main processes') : t('Peak memory of worker main processes'),
  unit: kind === 'cpu' ? 'share' : 'bytes',
  stepSeconds: of.stepSeconds,
  times: timesOf(of.from, of.stepSeconds, of[kind][0]?.values.length ?? 0),
  lines: of[kind].toSorted(byName).map(({ name, values }, index) => ({
    key: name,
    label: name,
    color: lineColors[index % lineColors.length] ?? 'foreground',
    values,
    filter: { kind: 'worker', name },
  })),
  thresholds: [],
  note: of.others > 0 ? t('{0} more workers use less', count(of.others)) : '',
  empty:
    kind === 'cpu'
      ? t('Needs two readings of a worker, one minute apart.')
      : t('No readings yet. Workers are asked once a minute while this page is open.'),
});
