import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { TaskSummary } from '../../server/api/tasks.ts';
import type { Parts } from '../parts.ts';
import { chooseTask } from '../pick/chooseTask.ts';
import { pickOne } from '../pick/pickOne.ts';

const offered = 50;

/** A task by its row, its ID or how its ID starts; of several that match, the one that is picked. */
export const findTask = async (cluster: ClusterSnapshot, parts: Parts, title: string): Promise<string> => {
  const typed = await chooseTask(cluster, parts, {
    title,
    placeHolder: t('Select a task, or type its ID or how it starts'),
  });
  const { clusterId, name } = cluster;
  if (await parts.backend.request(requests.task, { clusterId, id: typed })) return typed;
  const query = { text: typed, limit: offered };
  const { tasks } = await parts.backend.request(requests.queryTasks, { clusterId, query });
  const fitting = tasks.filter(({ id }) => id.startsWith(typed));
  const [first, ...others] = fitting;
  if (!first)
    throw new CeleriacError(
      'notFound',
      t('No task in memory of {0} has an ID that starts with {1}. "Get Result…" asks the result backend.', name, typed),
    );
  return others.length === 0
    ? first.id
    : (await pickOne(fitting.map(itemOf), { title, placeHolder: t('Select a task') })).id;
};

const itemOf = ({ id, name, state, worker }: TaskSummary) => ({
  label: id,
  description: [name, state, worker].filter((word) => word !== null).join(' · '),
  id,
});
