import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { SendOrder } from '../../server/api/sendTask.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import type { Write } from '../commands/writePlan.ts';
import { shownRedactor } from '../config.ts';
import type { Parts } from '../parts.ts';
import { showWarning } from '../shown/messages.ts';
import { partOf } from '../shown/plainLine.ts';
import { fitsBy } from './callFits.ts';
import { followSent } from './followSent.ts';

/** Sends a task that is complete, and follows it to its end. `action`: "Send", or "Retry". */
export const deliver = async (
  order: SendOrder,
  action: string,
  cluster: ClusterSnapshot,
  parts: Parts,
): Promise<void> => {
  const { name, queue, argsJson, kwargsJson } = order;
  const called = shownRedactor().text(`${argsJson} ${kwargsJson}`);
  const problem = (await fitsBy(parts)(name, { argsJson, kwargsJson }))?.problem?.sentence ?? null;
  const consequence = t('To queue {0}, with a new ID · {1}', queue, called);
  const write: Write = {
    title: `${action} ${name}`,
    consequence: problem === null ? consequence : `${problem} ${consequence}`,
    action: problem === null ? action : t('{0} Anyway', action),
    weight: problem === null ? 'plain' : 'confirmed',
  };
  await confirmWrite(write, cluster);
  const { id } = await parts.backend.request(requests.sendTask, { clusterId: cluster.clusterId, order });
  parts.log.info(`${name} was sent to ${queue} on ${cluster.name} as ${id}.`);
  void follow(id, order, cluster, parts);
};

/** The command is done when the broker has the task; how the task ends is reported later. */
const follow = async (id: string, { name }: SendOrder, { clusterId }: ClusterSnapshot, parts: Parts): Promise<void> => {
  try {
    await followSent({ id, name, clusterId }, parts.backend);
  } catch (error) {
    parts.log.error(`${name} ${id} was sent, and is not followed any more.`, error);
    const why = error instanceof Error ? error.message : String(error);
    await showWarning(t('{0} was sent but is no longer followed: {1}', partOf(name), partOf(why)));
  }
};
