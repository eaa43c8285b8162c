import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { SendOrder } from '../../server/api/sendTask.ts';
import { confirmWrite, refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { showWarning } from '../shown/messages.ts';
import { partOf } from '../shown/plainLine.ts';
import { followSent } from './followSent.ts';
import { writeOrder } from './writeOrder.ts';

/** Sends a task and follows it to its end. */
export const sendTask = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { clusterId, taskName, queueName } = row;
  const title = t('Send Task');
  const cluster = await chooseCluster(clusterId, parts, title);
  refuseIfReadOnly(title, cluster);
  const order = await writeOrder({ taskName, queueName }, cluster, parts);
  await confirmWrite(writeFor(order), cluster);
  const { id } = await parts.backend.request(requests.sendTask, { clusterId: cluster.clusterId, order });
  parts.log.info(`${order.name} was sent to ${order.queue} on ${cluster.name} as ${id}.`);
  void follow(id, order, cluster, parts);
};

/** The command is done when the broker has the task; what becomes of it is told when it comes. */
const follow = async (id: string, order: SendOrder, cluster: ClusterSnapshot, parts: Parts): Promise<void> => {
  try {
    await followSent({ id, name: order.name, clusterId: cluster.clusterId }, parts.backend);
  } catch (error) {
    parts.log.error(`${order.name} ${id} was sent, and is not followed any more.`, error);
    const why = error instanceof Error ? error.message : String(error);
    await showWarning(t('{0} was sent, and is not followed any more: {1}', partOf(order.name), partOf(why)));
  }
};

const writeFor = ({ name, argsJson, kwargsJson, queue }: SendOrder) => ({
  title: t('Send {0}', name),
  consequence: t('{0} {1} goes to the queue {2}.', argsJson, kwargsJson, queue),
  action: t('Send'),
  weight: 'plain' as const,
});
