import { t } from '@vscode/l10n';
import type { HeldTask } from '../../server/api/workerDetail.ts';
import { commandTo } from '../commands/commandTo.ts';
import { lines, rights, warningColor } from '../rows/rowLook.ts';
import { clock, duration, joined, shortId, span } from '../rows/wording.ts';
import { type ClusterForest, detailOf } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode } from './clusterNode.ts';
import { wordsOf } from './holding.ts';
import { lastKnownAt } from './staleness.ts';

/** A task that a worker runs or has received. */
export const heldTask = clusterKind<'task'>({
  key: ({ clusterId, hostname, list, taskId }) => `task:${clusterId}:${hostname}:${list}:${taskId}`,
  look(node, { snapshot, forest }, now) {
    const { taskId, list } = node;
    const task = taskOf(forest, node);
    const isActive = list === 'active';
    const isStanding = forest.standing.has(taskId);
    const name = task?.name ?? node.taskName ?? taskId;
    const when = task ? momentOf(task, isActive, lastKnownAt(snapshot, now)) : '';
    return {
      label: name,
      description: joined(
        joined(name === taskId ? '' : shortId(taskId), when).replace(' · ', ' '),
        isStanding && t('paused in rdb'),
      ),
      icon: isStanding ? 'debug-pause' : isActive ? 'play-circle' : wordsOf(list).icon,
      color: isStanding ? warningColor : null,
      contextValue: `task;${isActive ? 'STARTED' : 'RECEIVED'};${rights(snapshot)}`,
      tooltip: () => lines(name, taskId, ...tooltipOf(task)),
      command: commandTo('openTask', name, node),
    };
  },
  parent: ({ clusterId, hostname, list }) => ({ kind: 'holding', clusterId, hostname, list }),
});

const taskOf = (forest: ClusterForest, node: ClusterNode<'task'>): HeldTask | undefined => {
  const { list, taskId } = node;
  if (list === 'queues' || list === 'processes') return undefined;
  return detailOf(forest, node)?.[list].rows?.find(({ id }) => id === taskId);
};

const tooltipOf = (task: HeldTask | undefined): string[] => [
  task?.args ? t('Arguments: {0}', task.args) : '',
  task?.queue ? t('Queue: {0}', task.queue) : '',
  task?.startedAt ? t('Started at {0}', clock(task.startedAt)) : '',
  task?.eta ? t('ETA {0}', task.eta) : '',
  task?.priority ? t('Priority: {0}', task.priority) : '',
  task?.pid ? t('Process {0}', task.pid) : '',
];

/** How long it has been running, or how long until it is due. */
const momentOf = (task: HeldTask, isActive: boolean, now: number): string => {
  if (isActive) return task.startedAt === null ? '' : duration(Math.max(0, now - task.startedAt) / 1_000);
  const dueAt = task.eta === null ? Number.NaN : Date.parse(task.eta);
  if (Number.isNaN(dueAt)) return '';
  return dueAt > now ? t('in {0}', span(dueAt - now)) : t('due');
};
