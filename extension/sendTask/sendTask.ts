import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { chooseTaskName } from '../pick/chooseTaskName.ts';
import { queueForNew } from '../retry/likelyQueue.ts';
import type { OriginalCall } from '../retry/originalCall.ts';
import { readCall } from '../retry/readCall.ts';
import { fitsBy } from './callFits.ts';
import { deliver } from './deliver.ts';
import { editCall } from './editCall.ts';
import { askOrder } from './orderPage.ts';

/** Sends a task, at first with the arguments of the last one of its kind. */
export const sendTask = async (row: RowTarget, parts: Parts): Promise<void> => {
  const title = t('Send Task');
  const cluster = await chooseCluster(row.clusterId, parts, title);
  refuseIfReadOnly(title, cluster);
  const where = t('Send Task to {0}', cluster.name);
  const taskName = row.taskName ?? (await chooseTaskName(parts.backend, cluster, where));
  const last = await lastCall(taskName, cluster, parts);
  const own = t('Send {0} to {1}', taskName, cluster.name);
  const queue = row.queueName ?? queueForNew(last, cluster.queues) ?? (await chooseQueue(cluster, own));
  const call = { taskName, queue, args: last?.args ?? noArguments, kwargs: last?.kwargs ?? noKeywords };
  const [action, placeHolder] = [t('Send'), t('Press Enter to send, or change an option')];
  const asked = await askOrder(call, { title: own, placeHolder, action, cluster, fits: fitsBy(parts) });
  if (asked.kind === 'edit') await editCall(asked, action, cluster, parts);
  else await deliver(asked.order, action, cluster, parts);
};

const noArguments = { kind: 'whole', json: '[]' } as const;
const noKeywords = { kind: 'whole', json: '{}' } as const;

/** The last task of this name shows how it is called and where it goes; null: none is known. */
const lastCall = async (
  taskName: string,
  { clusterId }: ClusterSnapshot,
  parts: Parts,
): Promise<OriginalCall | null> => {
  const query = { names: [taskName], limit: 1 };
  const { tasks } = await parts.backend.request(requests.queryTasks, { clusterId, query });
  const [last] = tasks;
  if (!last) return null;
  const failed = { taskId: last.id, name: last.name, queue: last.queue };
  return readCall(clusterId, failed, parts, async () => null);
};
