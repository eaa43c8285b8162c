import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import type { Parts } from '../parts.ts';
import { isWhole, type OriginalCall } from './originalCall.ts';
import { type FailedTask, readCall } from './readCall.ts';
import { manyConsequence, manyOutcome } from './retryWords.ts';

const atOnce = 4;

/** Sends failed tasks once more with their original arguments; those that are not known whole are left out and counted. */
export const retryMany = async (
  failed: readonly FailedTask[],
  cluster: ClusterSnapshot,
  parts: Parts,
): Promise<void> => {
  const title = t('Retry {0} failed tasks', failed.length);
  const calls = await withProgress(t('Reading the arguments of {0} tasks', failed.length), () =>
    inTurns(failed, (each) => readCall(cluster.clusterId, each, parts)),
  );
  const ready = calls.filter((call): call is OriginalCall => call !== null && isWhole(call) && call.queue !== null);
  if (ready.length === 0)
    throw new CeleriacError(
      'notFound',
      t('The original arguments of none of these {0} tasks are known whole. Retry them one by one.', failed.length),
    );
  await confirmWrite(
    { title, consequence: manyConsequence(ready, failed.length), action: t('Retry'), weight: 'modal' },
    cluster,
  );
  const problems: string[] = [];
  await withProgress(title, () =>
    inTurns(ready, async (call) => {
      try {
        await send(call, cluster, parts);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }),
  );
  const words = manyOutcome(ready.length - problems.length, failed.length - ready.length, problems);
  parts.log.info(`${words} (${cluster.name})`);
  void (problems.length > 0 ? vscode.window.showWarningMessage(words) : vscode.window.showInformationMessage(words));
};

const send = ({ taskName, queue, args, kwargs }: OriginalCall, { clusterId }: ClusterSnapshot, parts: Parts) => {
  if (args.kind !== 'whole' || kwargs.kind !== 'whole' || queue === null) return Promise.resolve(null);
  const order = { name: taskName, argsJson: args.json, kwargsJson: kwargs.json, queue };
  return parts.backend.request(requests.sendTask, { clusterId, order });
};

const withProgress = <T>(title: string, act: () => Promise<T>): Thenable<T> =>
  vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, act);

/** In order, a few at a time. */
const inTurns = async <T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(act))));
  return results;
};
