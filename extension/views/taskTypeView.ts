import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { TaskTypeFigures } from '../../server/api/workerDetail.ts';
import { rights } from './rights.ts';
import { lines, type RowView, warningColor } from './rowView.ts';
import { count, duration, joined, percent, tasksWord } from './wording.ts';

export const taskTypesView = (types: readonly TaskTypeFigures[] | undefined): RowView => ({
  label: t('Task Types'),
  description: types === undefined ? '' : types.length === 0 ? t('none heard of yet') : count(types.length),
  icon: 'symbol-method',
  color: null,
  contextValue: 'taskTypes',
  expandable: 'closed',
  tooltip: () => [
    types?.length === 0
      ? t('No event has told of a task yet.')
      : t('Every type of task that events told of, with its figures of the last hour'),
  ],
});

/** From this share of failures on, a type's row warns. */
const manyFailures = 0.05;

export const taskTypeView = (type: TaskTypeFigures | undefined, name: string, snapshot: ClusterSnapshot): RowView => {
  const failing = (type?.failureRate ?? 0) >= manyFailures;
  return {
    label: name,
    description: type ? joined(...figuresOf(type)) : '',
    icon: failing ? 'warning' : 'symbol-method',
    color: failing ? warningColor : null,
    contextValue: `taskType;${rights(snapshot)}`,
    expandable: 'no',
    tooltip: () => (type ? tooltipOf(type) : [name]),
  };
};

const figuresOf = (type: TaskTypeFigures): string[] => [
  type.p95Seconds === null ? '' : t('p95 {0}', duration(type.p95Seconds)),
  type.failureRate === null ? t('no run ended') : t('{0} failed', percent(type.failureRate)),
  type.running > 0 ? t('{0} running', count(type.running)) : '',
];

const tooltipOf = (type: TaskTypeFigures): string[] =>
  lines(
    type.name,
    t(
      '{0} ended in the last hour: {1} failed, {2} retried',
      tasksWord(type.runs),
      count(type.failed),
      count(type.retried),
    ),
    type.p50Seconds === null || type.p95Seconds === null
      ? ''
      : t('Half of them took at most {0}, 95 % at most {1}', duration(type.p50Seconds), duration(type.p95Seconds)),
    type.waitP95Seconds === null ? '' : t('95 % waited at most {0}', duration(type.waitP95Seconds)),
    type.perSecond > 0 ? t('{0} per second over the last five minutes', type.perSecond.toFixed(1)) : '',
  );
