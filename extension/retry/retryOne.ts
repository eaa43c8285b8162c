import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Parts } from '../parts.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { fitsBy } from '../sendTask/callFits.ts';
import { deliver } from '../sendTask/deliver.ts';
import { editCall } from '../sendTask/editCall.ts';
import { askOrder } from '../sendTask/orderPage.ts';
import { likelyQueue } from './likelyQueue.ts';
import { queueReader } from './queuedCall.ts';
import { type FailedTask, readCall } from './readCall.ts';

/** Sends a task once more, with its arguments or with others, and follows it to its end. */
export const retryOne = async (failed: FailedTask, cluster: ClusterSnapshot, parts: Parts): Promise<void> => {
  const { clusterId } = cluster;
  const call = await readCall(clusterId, failed, parts, queueReader(clusterId, parts.backend));
  if (!call) throw new CeleriacError('notFound', t("The name of this task is unknown, so it can't be sent again."));
  const title = t('Retry {0} on {1}', call.taskName, cluster.name);
  const likely = likelyQueue([call], cluster.queues);
  const queue = call.queue ?? (await chooseQueue(cluster, title, { likely }));
  const [action, placeHolder] = [t('Retry'), t('Will be sent as a new task with a new ID')];
  const asked = await askOrder(
    { ...call, queue },
    {
      title,
      placeHolder,
      action,
      cluster,
      fits: fitsBy(parts),
    },
  );
  if (asked.kind === 'edit') await editCall(asked, action, cluster, parts);
  else await deliver(asked.order, action, cluster, parts);
};
