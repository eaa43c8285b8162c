import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { TaskSummary } from '../../server/api/tasks.ts';
import { lastKnownAt, staleness } from '../clusters/staleness.ts';
import { commandTo } from '../commands/commandTo.ts';
import { moreLook } from '../rows/moreLook.ts';
import { errorColor, lines, okColor, type RowLook, rights, staleColor, warningColor } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { clock, count, duration, joined, shortId } from '../rows/wording.ts';
import type { TaskNode, TaskSource } from './taskList.ts';

/** A task of the Tasks view; a click opens its page. */
export const recentTask: RowKind<TaskNode<'task'>, TaskSource, TaskNode> = {
  key: ({ clusterId, taskId }) => `recent:${clusterId}:${taskId}`,
  look(node, { list, snapshots, standing }, now) {
    const task = list.find(node.taskId);
    const snapshot = snapshots.get(node.clusterId);
    const look = task && snapshot ? taskLook(task, snapshot, now, standing.has(task.id)) : goneLook(node);
    return { ...look, command: commandTo('openTask', look.label, node) };
  },
};

/** Stands for the tasks that are not shown. */
export const moreTasks: RowKind<TaskNode<'moreTasks'>, TaskSource, TaskNode> = {
  key: ({ clusterId }) => `moreTasks:${clusterId}`,
  look({ matching, step }) {
    const rest = matching === null ? '' : t('{0} in total', count(matching));
    return moreLook({
      step,
      rest: step > 0 ? rest : joined(rest, t('narrow the filter to see more')),
      end: t('More tasks'),
      command: (title) => commandTo('showMoreTasks', title),
    });
  },
};

const goneLook = ({ taskName, taskId }: TaskNode<'task'>): RowLook => ({
  label: taskName ?? taskId,
  icon: 'circle-outline',
  contextValue: 'note',
  tooltip: () => [],
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

const pausedLook = { icon: 'debug-pause', color: warningColor };

export const taskLook = (task: TaskSummary, snapshot: ClusterSnapshot, now: number, isStanding = false): RowLook => {
  const look = isStanding ? pausedLook : (looks[task.state] ?? { icon: 'circle-filled', color: null });
  const isStale = staleness(snapshot, now) !== '';
  const at = lastKnownAt(snapshot, now);
  return {
    label: task.name ?? task.id,
    description: joined(
      task.name === null ? '' : shortId(task.id),
      outcomeOf(task, at),
      isStanding && t('paused in rdb'),
    ),
    icon: look.icon,
    color: isStale ? staleColor : look.color,
    contextValue: `task;${task.state};${rights(snapshot)}`,
    tooltip: () => tooltipOf(task, at),
  };
};

/** Its state in words, with the most useful figure. */
const outcomeOf = (task: TaskSummary, now: number): string => {
  const ran = task.runtimeSeconds === null ? '' : duration(task.runtimeSeconds);
  switch (task.state) {
    case 'PENDING':
      return t('sent, not received yet');
    case 'RECEIVED':
      return task.eta === null ? t('waiting at the worker') : t('scheduled for {0}', task.eta);
    case 'STARTED':
      return task.startedAt === null
        ? t('running')
        : t('running for {0}', duration(Math.max(0, now - task.startedAt) / 1_000));
    case 'SUCCESS':
      return ran === '' ? t('succeeded') : t('succeeded in {0}', ran);
    case 'FAILURE':
      return t('failed: {0}', task.exception ?? t('unknown exception'));
    case 'RETRY':
      return t('retrying: {0}', task.exception ?? t('unknown exception'));
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
    task.name ?? t('Unknown task: its first events were missed'),
    task.id,
    `${task.state}: ${outcomeOf(task, now)}`,
    task.args ? t('Arguments: {0}', [task.args, task.kwargs].filter(Boolean).join(' ')) : '',
    task.result ? t('Result: {0}', task.result) : '',
    task.worker ? t('Worker: {0}', task.worker) : '',
    task.queue ? t('Queue: {0}', task.queue) : '',
    task.receivedAt === null ? '' : t('Received at {0}', clock(task.receivedAt)),
    task.waitSeconds === null ? '' : t('Waited {0}', duration(task.waitSeconds)),
    task.retries ? (task.retries === 1 ? t('1 retry') : t('{0} retries', count(task.retries))) : '',
  );
