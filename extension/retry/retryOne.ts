import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { shownRedactor } from '../config.ts';
import type { Parts } from '../parts.ts';
import { followSent } from '../sendTask/followSent.ts';
import { completeCall } from './completeCall.ts';
import { queueReader } from './queuedCall.ts';
import { type FailedTask, readCall } from './readCall.ts';

/** Sends a failed task once more, with its arguments or with others, and follows it to its end. */
export const retryOne = async (failed: FailedTask, cluster: ClusterSnapshot, parts: Parts): Promise<void> => {
  const { clusterId } = cluster;
  const call = await readCall(clusterId, failed, parts, queueReader(clusterId, parts.backend));
  if (!call)
    throw new CeleriacError('notFound', t('No event has told the name of this task, so it cannot be sent again.'));
  const order = await completeCall(call, cluster);
  const called = shownRedactor().text(`${order.argsJson} ${order.kwargsJson}`);
  await confirmWrite(
    {
      title: t('Retry {0}', order.name),
      consequence: t('{0} goes to the queue {1}, under a new id.', called, order.queue),
      action: t('Retry'),
      weight: 'confirmed',
    },
    cluster,
  );
  const { id } = await parts.backend.request(requests.sendTask, { clusterId, order });
  parts.log.info(`${order.name} ${call.taskId} was sent again to ${order.queue} on ${cluster.name} as ${id}.`);
  void followSent({ id, name: order.name, clusterId }, parts.backend).catch((error) =>
    parts.log.error(`${order.name} ${id} was sent again, and is not followed any more.`, error),
  );
};
