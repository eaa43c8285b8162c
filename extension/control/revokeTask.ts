import { t } from '@vscode/l10n';
import { endStates } from '../../server/api/history.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Task } from '../../server/api/tasks.ts';
import { refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { type ControlParts, tellWorkers } from './tellWorkers.ts';

/** Has every worker skip tasks, and, when that is wanted, end those that run already. */
export const revokeTask = async (rows: readonly RowTarget[], parts: ControlParts): Promise<void> => {
  const title = t('Revoke Task');
  const cluster = await chooseCluster(rows[0]?.clusterId ?? null, parts, title);
  refuseIfReadOnly(title, cluster);
  const ids = await taskIds(rows, cluster, title);
  const known = await lookUp(ids, cluster, parts);
  const how = await chooseHow(known, ids.length);
  const words = [...ids.map((id) => `task_id=${id}`), ...how];
  const order = { method: 'revoke', title: titleFor(ids, how), help: helpFor(ids, known), words, destination: null };
  await tellWorkers(order, cluster, parts);
};

const taskIds = async (rows: readonly RowTarget[], cluster: ClusterSnapshot, title: string): Promise<string[]> => {
  const ids = rows.flatMap(({ clusterId, taskId }) =>
    taskId !== null && clusterId === cluster.clusterId ? [taskId] : [],
  );
  if (ids.length > 0) return ids;
  const typed = await showInput({
    title,
    prompt: t('The id of a task on {0}, or several ids', cluster.name),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? t('An id is needed.') : null),
  });
  return orLeft(typed)
    .trim()
    .split(/[\s,]+/);
};

const lookUp = async (ids: readonly string[], { clusterId }: ClusterSnapshot, parts: Parts): Promise<Task[]> => {
  const found = await Promise.all(ids.map((id) => parts.backend.request(requests.task, { clusterId, id })));
  return found.filter((task) => task !== null);
};

const chooseHow = async (known: readonly Task[], count: number): Promise<readonly string[]> => {
  const running = known.filter(({ state }) => state === 'STARTED').length;
  const skip = { label: t('Skip'), detail: t('Workers do not begin it. What runs already runs on.'), words: [] };
  const end = (signal: string, detail: string) => ({
    label: t('Terminate with {0}', signal),
    detail,
    words: ['terminate=yes', `signal=${signal}`],
  });
  const items = [
    skip,
    end('TERM', t('Also ends the process that runs it: needs the prefork, eventlet or gevent pool.')),
    end('KILL', t('The same, and the process gets no chance to clean up.')),
    end('USR1', t('Raises SoftTimeLimitExceeded in the task, which may clean up.')),
  ];
  const title = count === 1 ? t('Revoke Task') : t('Revoke {0} Tasks', count);
  const placeHolder = running > 0 ? t('{0} of {1} running now.', running, count) : t('How?');
  return (await pickOne(items, { title, placeHolder })).words;
};

const titleFor = (ids: readonly string[], how: readonly string[]): string => {
  const what = ids.length === 1 ? t('task {0}', ids[0] ?? '') : t('{0} tasks', ids.length);
  return how.length > 0 ? t('Revoke and terminate {0}', what) : t('Revoke {0}', what);
};

const helpFor = (ids: readonly string[], known: readonly Task[]): string => {
  const names = [...new Set(known.map(({ name }) => name ?? t('a task without a known name')))].slice(0, 3).join(', ');
  const ended = known.filter(({ state }) => endStates.includes(state)).length;
  return [
    ids.length === 1 ? t('Revokes 1 task') : t('Revokes {0} tasks', ids.length),
    ...(names === '' ? [] : [names]),
    ...(ended > 0 ? [t('{0} ended already', ended)] : []),
    ...(known.length < ids.length ? [t('{0} not known here: mind the ids', ids.length - known.length)] : []),
  ].join(' · ');
};
