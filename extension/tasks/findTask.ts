import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { TaskSummary } from '../../server/api/tasks.ts';
import type { Parts } from '../parts.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';

const offered = 50;

/** A task by its id, or by how its id begins; where that fits several, the one that is picked. */
export const findTask = async (cluster: ClusterSnapshot, parts: Parts, title: string): Promise<string> => {
  const typed = await typeId(title, t('The id of a task on {0}, or how it begins', cluster.name));
  const { clusterId, name } = cluster;
  if (await parts.backend.request(requests.task, { clusterId, id: typed })) return typed;
  const query = { text: typed, limit: offered };
  const { tasks } = await parts.backend.request(requests.queryTasks, { clusterId, query });
  const fitting = tasks.filter(({ id }) => id.startsWith(typed));
  const [first, ...others] = fitting;
  if (!first)
    throw new CeleriacError(
      'notFound',
      t(
        'No task that {0} remembers has an id that begins with {1}. "Get Result…" asks the result backend.',
        name,
        typed,
      ),
    );
  return others.length === 0
    ? first.id
    : (await pickOne(fitting.map(itemOf), { title, placeHolder: t('Which task?') })).id;
};

/** An id that is typed or pasted. */
export const typeId = async (title: string, prompt: string): Promise<string> => {
  const validateInput = (text: string): string | null => (text.trim() === '' ? t('An id is needed.') : null);
  return orLeft(await showInput({ title, prompt, ignoreFocusOut: true, validateInput })).trim();
};

const itemOf = ({ id, name, state, worker }: TaskSummary) => ({
  label: id,
  description: [name, state, worker].filter((word) => word !== null).join(' · '),
  id,
});
