import { t } from '@vscode/l10n';
import { rate } from '../../server/api/figures.ts';
import type { TaskTypeFigures } from '../../server/api/workerDetail.ts';
import { lines, rights, warningColor } from '../rows/rowLook.ts';
import { count, duration, joined, percent, tasksWord } from '../rows/wording.ts';
import { passes } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import { firstOf } from './more.ts';

const taskTypesAtOnce = 200;

export const taskTypes = clusterKind<'taskTypes'>({
  key: ({ clusterId }) => `taskTypes:${clusterId}`,
  look({ clusterId }, { forest }) {
    const types = forest.taskTypes.get(clusterId);
    return {
      label: t('Task Types'),
      description: types === undefined ? '' : types.length === 0 ? t('none yet') : count(types.length),
      icon: 'symbol-method',
      contextValue: 'taskTypes',
      expandable: 'closed',
      tooltip: () => [
        types?.length === 0
          ? t('No task events yet.')
          : t('Task types seen in events, with statistics for the last hour'),
      ],
    };
  },
  children({ clusterId }, { forest }, parentId) {
    const names = (forest.taskTypes.get(clusterId) ?? []).flatMap(({ name }) => (passes(forest, name) ? [name] : []));
    const nodes = forest.order
      .sort(parentId, names)
      .map((taskName) => ({ kind: 'taskType' as const, clusterId, taskName }));
    return firstOf(forest, nodes, { clusterId, parentId, step: taskTypesAtOnce });
  },
  parent: ({ clusterId }) => ({ kind: 'connection', clusterId }),
});

/** From this share of failures on, a type's row warns. */
const manyFailures = 0.05;

export const taskType = clusterKind<'taskType'>({
  key: ({ clusterId, taskName }) => `taskType:${clusterId}:${taskName}`,
  look({ clusterId, taskName }, { snapshot, forest }) {
    const type = forest.taskTypes.get(clusterId)?.find(({ name }) => name === taskName);
    const failing = (type?.failureRate ?? 0) >= manyFailures;
    return {
      label: taskName,
      description: type ? joined(...figuresOf(type)) : '',
      icon: failing ? 'warning' : 'symbol-method',
      color: failing ? warningColor : null,
      contextValue: `taskType;${rights(snapshot)}`,
      tooltip: () => (type ? tooltipOf(type) : [taskName]),
    };
  },
  parent: ({ clusterId }) => ({ kind: 'taskTypes', clusterId }),
});

const figuresOf = (type: TaskTypeFigures): string[] => [
  type.p95Seconds === null ? '' : t('p95 {0}', duration(type.p95Seconds)),
  type.failureRate === null ? t('no finished runs') : t('{0} failed', percent(type.failureRate)),
  type.rateLimit === null ? '' : t('limit {0}', type.rateLimit),
  type.running > 0 ? t('{0} running', count(type.running)) : '',
];

const tooltipOf = (type: TaskTypeFigures): string[] =>
  lines(
    type.name,
    t(
      '{0} finished in the last hour: {1} failed, {2} retried',
      tasksWord(type.runs),
      count(type.failed),
      count(type.retried),
    ),
    type.p50Seconds === null || type.p95Seconds === null
      ? ''
      : t('Runtime: p50 {0} · p95 {1}', duration(type.p50Seconds), duration(type.p95Seconds)),
    type.waitP95Seconds === null ? '' : t('Queue wait: p95 {0}', duration(type.waitP95Seconds)),
    type.rateLimit === null ? '' : t('Rate limit: {0} per worker', type.rateLimit),
    type.perSecond > 0 ? t('{0} over the last 5 minutes', rate(type.perSecond)) : '',
  );
