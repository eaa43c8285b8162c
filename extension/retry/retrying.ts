import { t } from '@vscode/l10n';
import type { FailureOccurrencePage } from '../../server/api/failures.ts';
import { requests } from '../../server/api/requests.ts';
import { refuseIfReadOnly } from '../commands/confirmWrite.ts';
import { type RowTarget, rowTarget } from '../commands/rowTarget.ts';
import { chooseFailure } from '../failures/chooseFailure.ts';
import type { GroupOfCluster } from '../failures/failureGroups.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showPick } from '../shown/showPick.ts';
import type { FailedTask } from './readCall.ts';
import { mostTasks, retryMany } from './retryMany.ts';
import { retryOne } from './retryOne.ts';

const pageLimit = 200;

/** Sending failed tasks once more: one, or all of a group. */
export const startRetrying = (parts: Parts): Area<'retryTask'> => ({
  commands: { retryTask: (rows) => retry(rows, parts) },
  dispose: () => undefined,
});

const retry = async (rows: readonly RowTarget[], parts: Parts): Promise<void> => {
  const [target = rowTarget(undefined)] = rows;
  if (target.taskId !== null) return retryTasks(rows, parts);
  const chosen = await chooseFailure(target, parts.mirror, t('Retry'));
  const { cluster, group } = chosen;
  refuseIfReadOnly(t('Retry'), cluster);
  if (group.count > 1 && (await wantsAll(chosen))) {
    await retryMany(await failedOf(chosen, mostTasks, parts), cluster, parts);
    return;
  }
  const [last] = await failedOf(chosen, 1, parts);
  await retryOne(last ?? unheard(group.lastTaskId, group.taskName), cluster, parts);
};

/** Of rows that stand for single tasks, all of one connection: failures of a group, tasks, or a selection of them. */
const retryTasks = async (targets: readonly RowTarget[], parts: Parts): Promise<void> => {
  const cluster = await chooseCluster(targets[0]?.clusterId ?? null, parts, t('Retry'));
  refuseIfReadOnly(t('Retry'), cluster);
  const tasks = targets.flatMap(({ taskId, taskName }) => (taskId === null ? [] : [unheard(taskId, taskName)]));
  const [only, ...others] = tasks;
  if (others.length > 0) await retryMany(tasks.slice(0, mostTasks), cluster, parts);
  else if (only) await retryOne(await keptOf(only, targets[0], parts), cluster, parts);
};

/** What is no longer in memory may still be kept with the failures of its group. */
const keptOf = async (task: FailedTask, target: RowTarget | undefined, { backend }: Parts): Promise<FailedTask> => {
  if (!target || target.clusterId === null || target.failureId === null) return task;
  const { clusterId, failureId } = target;
  const page = await backend.request(requests.failureOccurrences, { clusterId, failureId, limit: pageLimit });
  const kept = page.occurrences.find(({ taskId }) => taskId === task.taskId);
  return kept ? { ...task, name: kept.name ?? task.name, queue: kept.queue } : task;
};

const unheard = (taskId: string, name: string | null): FailedTask => ({
  taskId,
  name,
  queue: null,
});

const wantsAll = async ({ group }: GroupOfCluster): Promise<boolean> => {
  const items = [
    { label: t('Last Failure'), description: group.lastTaskId.slice(0, 8), all: false },
    { label: t('All {0}', group.count), description: t('with their original arguments'), all: true },
  ];
  const title = t('Retry {0}', group.taskName ?? t('unknown task'));
  return orCancelled(await showPick(items, { title, placeHolder: t('Select which tasks to retry') })).all;
};

/** The tasks of a group, each once; an attempt that was tried again needs no retry. */
const failedOf = async (
  { cluster, group }: GroupOfCluster,
  most: number,
  { backend }: Parts,
): Promise<FailedTask[]> => {
  const found = new Map<string, FailedTask>();
  let cursor: string | null = null;
  do {
    const params = { clusterId: cluster.clusterId, failureId: group.id, limit: Math.min(most, pageLimit) };
    const next = cursor === null ? params : { ...params, cursor };
    const page: FailureOccurrencePage = await backend.request(requests.failureOccurrences, next);
    for (const { retried, taskId, name, queue } of page.occurrences)
      if (!retried && found.size < most) found.set(taskId, { taskId, name: name ?? group.taskName, queue });
    cursor = page.occurrences.length > 0 ? page.nextCursor : null;
  } while (cursor !== null && found.size < most);
  return [...found.values()];
};
