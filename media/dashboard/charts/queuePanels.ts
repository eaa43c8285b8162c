import { t } from '@vscode/l10n';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { count, duration, rate } from '../../../server/api/figures.ts';
import { thresholdLines } from '../thresholds.ts';
import { byName, type ChartPanel, type Line, lineColors, ofWholeCluster, timesOf } from './chartPanel.ts';

export const depth = (dashboard: Dashboard): ChartPanel => {
  const { queues } = dashboard;
  // By name: a line keeps its place and its colour when another queue becomes the deepest.
  const lines = queues.lines.toSorted(byName).map(
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
    ? [{ key: '(others)', label: t('{0} more', count(others.count)), color: 'foreground', values: others.ready }]
    : [];
  return {
    id: 'depth',
    title: t('Queue depth'),
    unit: 'count',
    stepSeconds: queues.stepSeconds,
    times: timesOf(queues.from, queues.stepSeconds, queues.total.length),
    lines: [...lines, ...rest],
    thresholds: thresholdLines(dashboard.thresholds.queueDepth),
    ...(dashboard.filter && !dashboard.filter.queue ? ofWholeCluster(dashboard) : {}),
    note: depthNote(dashboard),
    empty:
      dashboard.now.queued === null
        ? t('No queues yet: neither a worker nor the broker has reported one.')
        : t('No data in this time range. Queues are read while the sidebar or this page is open.'),
  };
};

const depthNote = ({ now: { queued, queuedGrowthPerSecond: growth, drainSeconds } }: Dashboard): string => {
  if (queued === null || growth === null) return '';
  if (drainSeconds !== null && queued > 0) return t('Empty in {0} at this rate', duration(drainSeconds));
  return growth > 0.05 ? t('Growing by {0}', rate(growth)) : '';
};

/** The growth of all queues together, from one reading to the next that is known. */
export const growthOf = (total: readonly (number | null)[], stepSeconds: number): readonly (number | null)[] =>
  total.map((value, index) => {
    const before = total[index - 1];
    return value === null || before === null || before === undefined ? null : (value - before) / stepSeconds;
  });

export const growth = (dashboard: Dashboard): ChartPanel => {
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
    scale: 'symmetric',
    ...(dashboard.filter && !dashboard.filter.queue ? ofWholeCluster(dashboard) : {}),
    note: '',
    empty: t('Needs two readings of the queues.'),
  };
};
