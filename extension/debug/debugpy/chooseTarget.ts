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
/** What ends sooner has ended before anybody could choose it. */
const shortestMs = 5_000;
const shownIdLength = 8;

/** What to attach to, when no row says so: a worker, or a task that has been running for a while. */
export const chooseTarget = async (
  cluster: ClusterSnapshot,
  { backend }: Pick<Parts, 'backend'>,
): Promise<AskedTarget> => {
  const { clusterId, workers, name } = cluster;
  const living = Object.values(workers).filter(isLiving);
  if (living.length === 0) throw new CeleriacError('notFound', t('{0} has no online worker to attach to.', name));
  const query = { states: ['STARTED'], limit: offered };
  const { tasks } = await backend.request(requests.queryTasks, { clusterId, query });
  const items = [
    ...living
      .toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }))
      .map(({ hostname, active }) => ({
        label: hostname,
        icon: 'server-process',
        description: t('worker · {0} active', active ?? 0),
        target: { hostname, taskId: null },
      })),
    ...tasks.filter((task) => runsLong(task, Date.now())).map(taskItem),
  ];
  const question = { title: t('Attach Debugger'), placeHolder: t('Select a worker or a task of {0}', name) };
  return (await pickOne<(typeof items)[number]>(items, question)).target;
};

const runsLong = ({ worker, startedAt }: TaskSummary, now: number): boolean =>
  worker !== null && startedAt !== null && now - startedAt >= shortestMs;

const taskItem = ({ id, name, worker }: TaskSummary) => ({
  label: name ?? id,
  icon: 'play-circle',
  description: [id.slice(0, shownIdLength), worker].join(' · '),
  target: { hostname: worker, taskId: id } as AskedTarget,
});
