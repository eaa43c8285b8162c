import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { chooseName } from './chooseName.ts';

/** A task that the workers know, as they say themselves, or one that is typed. */
export const chooseTaskName = async (
  backend: Parts['backend'],
  { clusterId }: ClusterSnapshot,
  title: string,
): Promise<string> => {
  const tasks = await backend.request(requests.registeredTasks, { clusterId });
  return chooseName({
    title,
    placeHolder: tasks.length > 0 ? t('Which task?') : t('No worker said which tasks it knows. Type a name.'),
    known: tasks.map(({ name, workers }) => ({ name, description: t('{0} workers', workers.length) })),
    typedHint: t('a task that no worker named'),
  });
};
