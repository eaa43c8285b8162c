import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import type { TaskSummary } from '../../../server/api/tasks.ts';
import { rights } from '../rights.ts';
import { errorColor, lines, okColor, type RowView, staleColor, warningColor } from '../rowView.ts';
import { clock, count, duration, joined, shortId } from '../wording.ts';

/** A place in the Tasks view. */
export type TaskNode =
  | {
      readonly kind: 'task';
      readonly id: string;
      readonly clusterId: string;
      readonly taskId: string;
      readonly taskName: string | null;
      readonly hostname: string | null;
    }
  | {
      readonly kind: 'moreTasks';
      readonly id: string;
      readonly clusterId: string;
      readonly matching: number | null;
      readonly step: number;
    };

export const taskNode = (clusterId: string, task: TaskSummary): TaskNode => ({
  kind: 'task',
  id: `recent:${clusterId}:${task.id}`,
  clusterId,
  taskId: task.id,
  taskName: task.name,
  hostname: task.worker,
});

const looks: Readonly<Record<string, { readonly icon: string; readonly color: string | null }>> = {
  PENDING: { icon: 'circle-outline', color: null },
  RECEIVED: { icon: 'inbox', color: null },
  STARTED: { icon: 'play-circle', color: null },
  SUCCESS: { icon: 'pass', color: okColor },
  FAILURE: { icon: 'error', color: errorColor },
  RETRY: { icon: 'sync', color: warningColor },
  REVOKED: { icon: 'circle-slash', color: staleColor },
  REJECTED: { icon: 'stop', color: warningColor },
};

const standingLook = { icon: 'debug-pause', color: warningColor };

export const taskRowView = (task: TaskSummary, snapshot: ClusterSnapshot, now: number, isStanding = false): RowView => {
  const look = isStanding ? standingLook : (looks[task.state] ?? { icon: 'circle-filled', color: null });
  return {
    label: task.name ?? task.id,
    description: joined(
      task.name === null ? '' : shortId(task.id),
      outcomeOf(task, now),
      isStanding && t('waits in rdb'),
    ),
    icon: look.icon,
    color: look.color,
    contextValue: `task;${task.state};${rights(snapshot)}`,
    expandable: 'no',
    tooltip: () => tooltipOf(task, now),
  };
};

/** Its state in words, with what is most telling about it. */
const outcomeOf = (task: TaskSummary, now: number): string => {
  const ran = task.runtimeSeconds === null ? '' : duration(task.runtimeSeconds);
  switch (task.state) {
    case 'PENDING':
      return t('sent, not received yet');
    case 'RECEIVED':
      return task.eta === null ? t('waits at the worker') : t('waits for {0}', task.eta);
    case 'STARTED':
      return task.startedAt === null
        ? t('runs')
        : t('runs for {0}', duration(Math.max(0, now - task.startedAt) / 1_000));
    case 'SUCCESS':
      return ran === '' ? t('succeeded') : t('succeeded in {0}', ran);
    case 'FAILURE':
      return t('failed: {0}', task.exception ?? t('unknown exception'));
    case 'RETRY':
      return t('is tried again: {0}', task.exception ?? t('unknown exception'));
    case 'REVOKED':
      return t('revoked');
    case 'REJECTED':
      return t('rejected');
    default:
      return task.state;
  }
};

const tooltipOf = (task: TaskSummary, now: number): string[] =>
  lines(
    task.name ?? t('Its name is not known: its first events were not heard.'),
    task.id,
    `${task.state}: ${outcomeOf(task, now)}`,
    task.args ? t('Arguments: {0}', [task.args, task.kwargs].filter(Boolean).join(' ')) : '',
    task.result ? t('Result: {0}', task.result) : '',
    task.worker ? t('Worker: {0}', task.worker) : '',
    task.queue ? t('Queue: {0}', task.queue) : '',
    task.receivedAt === null ? '' : t('Received at {0}', clock(task.receivedAt)),
    task.waitSeconds === null ? '' : t('Waited {0}', duration(task.waitSeconds)),
    task.retries ? t('Tried again {0} times', count(task.retries)) : '',
  );

export const moreTasksView = (matching: number | null, step: number): RowView => {
  const label = step > 0 ? t('Show {0} more…', count(step)) : t('More tasks');
  const rest = matching === null ? '' : t('{0} in all', count(matching));
  return {
    label,
    description: step > 0 ? rest : joined(rest, t('narrow the filter to see others')),
    icon: 'ellipsis',
    color: null,
    contextValue: 'more',
    expandable: 'no',
    tooltip: () => lines(label, rest),
  };
};
