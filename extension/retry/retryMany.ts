import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import type { Parts } from '../parts.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showInformation, showWarning } from '../shown/messages.ts';
import { inTurns } from './inTurns.ts';
import { likelyQueue } from './likelyQueue.ts';
import { isWhole, type OriginalCall } from './originalCall.ts';
import { queueReader } from './queuedCall.ts';
import { type FailedTask, readCall } from './readCall.ts';
import { manyConsequence, manyOutcome } from './retryWords.ts';

/** More than this at once is no retry any more but a migration. */
export const mostTasks = 10_000;

/** Sends failed tasks once more with their original arguments; those that are not known whole are left out and counted. */
export const retryMany = async (
  failed: readonly FailedTask[],
  cluster: ClusterSnapshot,
  parts: Parts,
): Promise<void> => {
  const title = t('Retry {0} failed tasks', failed.length);
  const readQueue = queueReader(cluster.clusterId, parts.backend);
  const reading = t('Reading arguments of {0} tasks…', failed.length);
  const calls = await inTurns(reading, failed, (each) => readCall(cluster.clusterId, each, parts, readQueue));
  orCancelled(calls.length === failed.length ? calls : undefined);
  const whole = calls.filter((call): call is OriginalCall => call !== null && isWhole(call));
  if (whole.length === 0)
    throw new CeleriacError(
      'notFound',
      t('The arguments of these {0} tasks are incomplete. Retry them one by one.', failed.length),
    );
  const ready = await withQueues(whole, cluster);
  await confirmWrite(
    { title, consequence: manyConsequence(ready, failed.length, mostTasks), action: t('Retry'), weight: 'modal' },
    cluster,
  );
  const problems: string[] = [];
  const sent = await inTurns(title, ready, (call) =>
    send(call, cluster, parts).catch((error) => problems.push(error instanceof Error ? error.message : String(error))),
  );
  const words = manyOutcome({
    sent: sent.length - problems.length,
    leftOut: failed.length - ready.length,
    stoppedBefore: ready.length - sent.length,
    problems,
  });
  parts.log.info(`${words} (${cluster.name})`);
  void (problems.length > 0 ? showWarning(words) : showInformation(words));
};

/** A call that is known whole and where it goes. */
type ReadyCall = OriginalCall & { readonly queue: string };

/** Only producers that send events of their own tell the queue: for all tasks without one, the person says it once. */
const withQueues = async (calls: readonly OriginalCall[], cluster: ClusterSnapshot): Promise<ReadyCall[]> => {
  const without = calls.filter(({ queue }) => queue === null).length;
  if (without === 0) return calls.flatMap((call) => (call.queue === null ? [] : { ...call, queue: call.queue }));
  const title = t('Queue for {0} tasks whose queue is unknown', without);
  const chosen = await chooseQueue(cluster, title, { likely: likelyQueue(calls, cluster.queues) });
  return calls.map((call) => ({ ...call, queue: call.queue ?? chosen }));
};

const send = async ({ taskName, queue, args, kwargs }: ReadyCall, { clusterId }: ClusterSnapshot, parts: Parts) => {
  if (args.kind !== 'whole' || kwargs.kind !== 'whole') return null;
  const order = { name: taskName, argsJson: args.json, kwargsJson: kwargs.json, queue };
  return parts.backend.request(requests.sendTask, { clusterId, order });
};
