import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { workersWord } from '../rows/wording.ts';
import { chooseName } from './chooseName.ts';

/** A task that the workers report, or one that is typed. */
export const chooseTaskName = async (
  backend: Parts['backend'],
  { clusterId }: ClusterSnapshot,
  title: string,
): Promise<string> => {
  const reported = await backend.request(requests.registeredTasks, { clusterId });
  // What Celery brings of its own is hardly ever meant.
  const tasks = reported.toSorted((a, b) => Number(isOfCelery(a)) - Number(isOfCelery(b)));
  return chooseName({
    title,
    placeHolder: tasks.length > 0 ? t('Select a task or type a name') : t('No worker reported its tasks. Type a name'),
    known: tasks.map(({ name, workers }) => ({
      name,
      description: workers.length === 0 ? t('seen in events') : workersWord(workers.length),
    })),
    typedHint: t('not in the list'),
  });
};

const isOfCelery = ({ name }: { readonly name: string }): boolean => name.startsWith('celery.');
