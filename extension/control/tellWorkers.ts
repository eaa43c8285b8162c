import { t } from '@vscode/l10n';
import type { ControlOutcome } from '../../server/api/control.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { type ClusterSnapshot, isLiving } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { AnswerTexts } from '../answers/answerTexts.ts';
import { confirmWrite } from '../commands/confirmWrite.ts';
import { report } from '../commands/register.ts';
import type { Parts } from '../parts.ts';
import { showInformation, showWarning } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { commandLine, type Order, writeOf } from './orderWords.ts';
import { answerOf, isNoChange, outcomeText, summarize } from './outcomeWords.ts';
import { undoOf } from './undo.ts';

export interface ControlParts extends Parts {
  readonly texts: AnswerTexts;
}

/** Confirms, sends, and reports what each worker answered. */
export const tellWorkers = async (order: Order, cluster: ClusterSnapshot, parts: ControlParts): Promise<void> => {
  const { method, words, destination, title } = order;
  const living = Object.values(cluster.workers).filter(isLiving);
  await confirmWrite(writeOf(order, living.map(({ hostname }) => hostname).sort()), cluster);
  const progress = { place: 'statusBar' as const, title: t('{0} on {1}…', title, cluster.name) };
  const outcome = await showProgress(progress, () =>
    parts.backend.request(requests.tellWorkers, { clusterId: cluster.clusterId, method, words, destination }),
  );
  const { sentence, isAllWell } = summarize(order, outcome);
  if (outcome.replies.length === 0) throw new CeleriacError('notFound', sentence);
  const undo = undoOf(order, changedBy(outcome));
  // Not waited for: a notification may stay for a long time.
  void offerNext({ sentence, isAllWell, undo }, { order, cluster, outcome, parts }).catch((error: unknown) =>
    report(error, parts.log),
  );
};

interface Context {
  readonly order: Order;
  readonly cluster: ClusterSnapshot;
  readonly outcome: ControlOutcome;
  readonly parts: ControlParts;
}

const offerNext = async (
  done: { readonly sentence: string; readonly isAllWell: boolean; readonly undo: Order | null },
  { order, cluster, outcome, parts }: Context,
): Promise<void> => {
  const [undo, answers] = [t('Undo'), t('Show Answers')];
  const actions = [...(done.undo ? [undo] : []), ...(done.isAllWell ? [] : [answers])];
  const chosen = await (done.isAllWell ? showInformation : showWarning)(done.sentence, ...actions);
  if (chosen === undo && done.undo) await tellWorkers(done.undo, cluster, parts);
  if (chosen === answers)
    await parts.texts.show(`/${cluster.name}/${order.method}`, outcomeText(commandLine(order), cluster.name, outcome));
};

/** A worker that had done so before has nothing to take back. */
const changedBy = ({ replies }: ControlOutcome): readonly string[] =>
  replies.filter((reply) => reply.kind === 'answered' && !isNoChange(answerOf(reply))).map(({ hostname }) => hostname);
