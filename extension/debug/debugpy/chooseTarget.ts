import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import { type ClusterSnapshot, isLiving } from '../../../server/api/model.ts';
import { requests } from '../../../server/api/requests.ts';
import type { TaskSummary } from '../../../server/api/tasks.ts';
import type { Parts } from '../../parts.ts';
import { pickOne } from '../../pick/pickOne.ts';

export interface AskedTarget {
  readonly hostname: string | null;
  readonly taskId: string | null;
}

const offered = 50;

/** What to attach to, when no row tells: a task that runs now, or a worker. */
export const chooseTarget = async (
  cluster: ClusterSnapshot,
  { backend }: Pick<Parts, 'backend'>,
): Promise<AskedTarget> => {
  const { clusterId, workers, name } = cluster;
  const living = Object.values(workers).filter(isLiving);
  if (living.length === 0) throw new CeleriacError('notFound', t('{0} has no living worker to attach to.', name));
  const query = { states: ['STARTED'], limit: offered };
  const { tasks } = await backend.request(requests.queryTasks, { clusterId, query });
  const items = [
    ...tasks.filter(({ worker }) => worker !== null).map(taskItem),
    ...living
      .toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }))
      .map(({ hostname, active }) => ({
        label: hostname,
        icon: 'server-process',
        description: t('worker · {0} active', active ?? 0),
        target: { hostname, taskId: null },
      })),
  ];
  const question = { title: t('Attach Debugger'), placeHolder: t('Which task or worker of {0}?', name) };
  return (await pickOne<(typeof items)[number]>(items, question)).target;
};

const taskItem = ({ id, name, worker }: TaskSummary) => ({
  label: name ?? id,
  icon: 'play-circle',
  description: [id, worker].join(' · '),
  target: { hostname: worker, taskId: id } as AskedTarget,
});
