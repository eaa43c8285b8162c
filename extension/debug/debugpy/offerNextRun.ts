import { t } from '@vscode/l10n';
import type { DebugTarget } from '../../../server/api/debugging.ts';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { requests } from '../../../server/api/requests.ts';
import type { Parts } from '../../parts.ts';
import { showInformation } from '../../shown/messages.ts';
import { partOf } from '../../shown/plainLine.ts';

/** A task that has ended has no process any more; its worker has, and it runs the next one of its kind. Null: that one. */
export const offerNextRun = async (
  { clusterId }: ClusterSnapshot,
  taskId: string,
  { hostname }: DebugTarget,
  { backend }: Pick<Parts, 'backend'>,
): Promise<null> => {
  const task = await backend.request(requests.task, { clusterId, id: taskId });
  const attach = t('Attach to {0}', partOf(hostname));
  const sentence = t('This task has finished. Attach to the next run of {0}?', partOf(task?.name ?? taskId));
  if ((await showInformation(sentence, attach)) === attach) return null;
  throw new CeleriacError('cancelled', 'The next run is not wanted.');
};
