import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';

const peekLimit = 50;

/** The page of a queue: its figures, and its next messages where looking at them changes nothing. */
export const openQueue = async ({ clusterId, queueName }: RowTarget, parts: Parts): Promise<void> => {
  const title = t('Open Queue');
  const cluster = await chooseCluster(clusterId, parts, title);
  const queue = queueName ?? (await chooseQueue(cluster, title));
  const touches = await parts.backend.request(requests.peekingTouches, { clusterId: cluster.clusterId });
  const limit = touches === null ? peekLimit : 0;
  await parts.answerPages.open({ kind: 'peek', clusterId: cluster.clusterId, queue, limit });
};

/** Shows the messages at the head of a queue. */
export const peekQueue = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { clusterId, queueName } = row;
  const title = t('Peek into Queue');
  const cluster = await chooseCluster(clusterId, parts, title);
  const queue = queueName ?? (await chooseQueue(cluster, title));
  const touches = await parts.backend.request(requests.peekingTouches, { clusterId: cluster.clusterId });
  if (touches !== null) await confirmPeek(queue, touches, cluster);
  await parts.answerPages.open({ kind: 'peek', clusterId: cluster.clusterId, queue, limit: peekLimit });
};

/** Peeking that changes something is confirmed first. */
const confirmPeek = async (queue: string, touches: string, cluster: ClusterSnapshot): Promise<void> => {
  if (cluster.isReadOnly)
    throw new CeleriacError('readOnly', t("Can't peek into {0}: {1} is read-only. {2}", queue, cluster.name, touches));
  const title = t('Peek into {0}', queue);
  await confirmWrite({ title, consequence: touches, action: t('Peek'), weight: 'confirmed' }, cluster);
};
