import { t } from '@vscode/l10n';
import { endStates } from '../../server/api/history.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Task, TaskState } from '../../server/api/tasks.ts';
import { refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseTask } from '../pick/chooseTask.ts';
import { pickOne } from '../pick/pickOne.ts';
import { type ControlParts, tellWorkers } from './tellWorkers.ts';

/** Has all workers skip tasks and, when requested, terminate those that are running. */
export const revokeTask = async (rows: readonly RowTarget[], parts: ControlParts): Promise<void> => {
  const title = t('Revoke Task');
  const cluster = await chooseCluster(rows[0]?.clusterId ?? null, parts, title);
  refuseIfReadOnly(title, cluster);
  const ids = await taskIds(rows, cluster, title, parts);
  const known = await lookUp(ids, cluster, parts);
  const how = await chooseHow(known, ids.length);
  const words = [...ids.map((id) => `task_id=${id}`), ...how];
  const order = { method: 'revoke', title: titleFor(ids, how), help: helpFor(ids, known), words, destination: null };
  await tellWorkers(order, cluster, parts);
};

const taskIds = async (
  rows: readonly RowTarget[],
  cluster: ClusterSnapshot,
  title: string,
  parts: Parts,
): Promise<string[]> => {
  const ids = rows.flatMap(({ clusterId, taskId }) =>
    taskId !== null && clusterId === cluster.clusterId ? [taskId] : [],
  );
  if (ids.length > 0) return ids;
  const placeHolder = t('Select a task, or type one or several IDs');
  return (await chooseTask(cluster, parts, { title, placeHolder, states: revocable })).split(/[\s,]+/);
};

/** A task that has ended cannot be revoked. */
const revocable: readonly TaskState[] = ['STARTED', 'RECEIVED', 'RETRY', 'PENDING'];

const lookUp = async (ids: readonly string[], { clusterId }: ClusterSnapshot, parts: Parts): Promise<Task[]> => {
  const found = await Promise.all(ids.map((id) => parts.backend.request(requests.task, { clusterId, id })));
  return found.filter((task) => task !== null);
};

const chooseHow = async (known: readonly Task[], count: number): Promise<readonly string[]> => {
  const running = known.filter(({ state }) => state === 'STARTED').length;
  const skip = {
    label: t('Skip'),
    detail: t('Workers will skip this task. A task that is already running continues.'),
    words: [],
  };
  const end = (signal: string, detail: string) => ({
    label: t('Terminate with {0}', signal),
    detail,
    words: ['terminate=yes', `signal=${signal}`],
  });
  const items = [
    skip,
    end('TERM', t('Also terminates the process that runs it (prefork, eventlet and gevent pools).')),
    end('KILL', t('Kills the process without a chance to clean up.')),
    end('USR1', t('Raises SoftTimeLimitExceeded in the task, which can clean up.')),
  ];
  const title = count === 1 ? t('Revoke Task') : t('Revoke {0} Tasks', count);
  const placeHolder = running > 0 ? t('Select how ({0} of {1} running now)', running, count) : t('Select how');
  return (await pickOne(items, { title, placeHolder })).words;
};

const titleFor = (ids: readonly string[], how: readonly string[]): string => {
  const what = ids.length === 1 ? t('task {0}', ids[0] ?? '') : t('{0} tasks', ids.length);
  return how.length > 0 ? t('Revoke and terminate {0}', what) : t('Revoke {0}', what);
};

const helpFor = (ids: readonly string[], known: readonly Task[]): string => {
  const names = [...new Set(known.map(({ name }) => name ?? t('unknown task')))].slice(0, 3).join(', ');
  const ended = known.filter(({ state }) => endStates.includes(state)).length;
  return [
    ids.length === 1 ? t('Revokes 1 task') : t('Revokes {0} tasks', ids.length),
    ...(names === '' ? [] : [names]),
    ...(ended > 0 ? [t('{0} already finished', ended)] : []),
    ...(known.length < ids.length ? [t('{0} unknown here: check the IDs', ids.length - known.length)] : []),
  ].join(' · ');
};
