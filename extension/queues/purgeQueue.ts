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

/** Deletes the waiting messages of a queue, after showing how many there are and where. */
export const purgeQueue = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { clusterId, queueName } = row;
  const title = t('Purge Queue');
  const cluster = await chooseCluster(clusterId, parts, title);
  refuseIfReadOnly(queueName === null ? title : t('Purge {0}', queueName), cluster);
  const queue = queueName ?? (await chooseQueue(cluster, title));
  const place = { clusterId: cluster.clusterId, queue };
  const depth = await parts.backend.request(requests.queueDepth, place);
  if (depth.ready === 0 || !depth.exists) throw new CeleriacError('notFound', nothingToPurge(depth, cluster.name));
  await confirmWrite(purgeOf(depth), cluster);
  const { deleted } = await parts.backend.request(requests.purgeQueue, place);
  void showInformation(
    deleted === 1
      ? t('Deleted 1 message from {0} on {1}.', queue, cluster.name)
      : t('Deleted {0} messages from {1} on {2}.', deleted, queue, cluster.name),
  );
};

const purgeOf = ({ name, ready, unacked }: QueueDepth): Write => ({
  title: t('Purge {0}', name),
  consequence: [deletedWords(name, ready), ...(unacked ? [keptWords(unacked)] : []), t("This can't be undone.")].join(
    ' ',
  ),
  action: t('Purge'),
  weight: 'modal',
});

const deletedWords = (name: string, ready: number | null): string => {
  if (ready === null) return t('Deletes all waiting messages from "{0}".', name);
  return ready === 1
    ? t('Deletes 1 waiting message from "{0}".', name)
    : t('Deletes {0} waiting messages from "{1}".', ready, name);
};

const keptWords = (unacked: number): string =>
  unacked === 1
    ? t('1 message already taken by workers is not affected.')
    : t('{0} messages already taken by workers are not affected.', unacked);

const nothingToPurge = ({ name, exists }: QueueDepth, cluster: string): string =>
  exists ? t('The queue {0} on {1} is empty.', name, cluster) : t('There is no queue {0} on {1}.', name, cluster);
