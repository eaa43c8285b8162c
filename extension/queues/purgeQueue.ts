import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { QueueDepth } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite, refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Write } from '../commands/writePlan.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { showInformation } from '../shown/messages.ts';

/** Deletes what waits in a queue, after it was said how much that is and where. */
export const purgeQueue = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { clusterId, queueName } = row;
  const title = t('Purge Queue');
  const cluster = await chooseCluster(clusterId, parts, title);
  const queue = queueName ?? (await chooseQueue(cluster, title));
  refuseIfReadOnly(t('Purge {0}', queue), cluster);
  const place = { clusterId: cluster.clusterId, queue };
  const depth = await parts.backend.request(requests.queueDepth, place);
  if (depth.ready === 0 || !depth.exists) throw new CeleriacError('notFound', nothingToPurge(depth, cluster.name));
  await confirmWrite(purgeOf(depth), cluster);
  const { deleted } = await parts.backend.request(requests.purgeQueue, place);
  void showInformation(t('{0} messages were deleted from {1} on {2}.', deleted, queue, cluster.name));
};

const purgeOf = ({ name, ready, unacked }: QueueDepth): Write => {
  const gone =
    ready === null
      ? t('All messages that wait in {0} are deleted.', name)
      : t('{0} messages that wait in {1} are deleted.', ready, name);
  const stays = unacked ? ` ${t('{0} more, which workers already hold, stay.', unacked)}` : '';
  return {
    title: t('Purge {0}', name),
    consequence: `${gone}${stays} ${t('There is no way back.')}`,
    action: t('Purge'),
    weight: 'modal',
  };
};

const nothingToPurge = ({ name, exists }: QueueDepth, cluster: string): string =>
  exists
    ? t('Nothing waits in {0} on {1}, so nothing was deleted.', name, cluster)
    : t('There is no queue {0} on {1}, or nothing is in it.', name, cluster);
