import { t } from '@vscode/l10n';
import type { ControlCommandForm } from '../../server/api/control.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { type ClusterSnapshot, isLiving } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { AnswerTexts } from '../answers/answerTexts.ts';
import { confirmWrite, refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInformation, showWarning } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { fillForm } from './fillForm.ts';
import { commandLine, type Order, orderTitle, writeOf } from './orderWords.ts';
import { outcomeText, summarize } from './outcomeWords.ts';
import type { Preset } from './presets.ts';

export interface ControlParts extends Parts {
  readonly texts: AnswerTexts;
}

/** Has workers do something: which command (unless it is given), with what, who; then asks whether that is meant. */
export const controlWorkers = async (row: RowTarget, parts: ControlParts, preset?: Preset): Promise<void> => {
  const target = row;
  const cluster = await chooseCluster(target.clusterId, parts, preset?.title() ?? t('Control Workers'));
  const forms = await parts.backend.request(requests.controlCommands, {});
  const form = preset ? formOf(forms, preset.method) : await chooseForm(forms, cluster);
  const title = preset?.title() ?? form.method;
  if (form.writes) refuseIfReadOnly(title, cluster);
  const words = await fillForm(form, { backend: parts.backend, cluster, row: target, title });
  const destination = target.hostname === null ? await chooseWorkers(cluster, title) : [target.hostname];
  await tellWorkers(
    { method: form.method, title: orderTitle(title, words), help: form.help, words, destination },
    cluster,
    parts,
  );
};

/** Confirms, sends, and says what each worker answered. */
export const tellWorkers = async (order: Order, cluster: ClusterSnapshot, parts: ControlParts): Promise<void> => {
  const { method, words, destination } = order;
  const { title } = order;
  const there = Object.values(cluster.workers).filter(isLiving);
  await confirmWrite(writeOf(order, there.map(({ hostname }) => hostname).sort()), cluster);
  const progress = {
    place: 'statusBar' as const,
    title: t('Telling the workers of {0}: {1}', cluster.name, title),
  };
  const outcome = await showProgress(progress, () =>
    parts.backend.request(requests.tellWorkers, { clusterId: cluster.clusterId, method, words, destination }),
  );
  const { sentence, isAllWell } = summarize(title, outcome);
  if (isAllWell) {
    void showInformation(sentence);
    return;
  }
  if (outcome.replies.length === 0) throw new CeleriacError('notFound', sentence);
  void offerAnswers(sentence, () =>
    parts.texts.show(`/${cluster.name}/${method}`, outcomeText(commandLine(order), cluster.name, outcome)),
  );
};

/** Not waited for: a warning may stand there for a long time. */
const offerAnswers = async (sentence: string, show: () => Promise<void>): Promise<void> => {
  if (await showWarning(sentence, t('Show Answers'))) await show();
};

const chooseForm = async (
  forms: readonly ControlCommandForm[],
  { name }: ClusterSnapshot,
): Promise<ControlCommandForm> => {
  const items = forms.map((form) => ({ label: form.method, description: form.help, form }));
  return (await pickOne(items, { title: t('Control Workers of {0}', name), placeHolder: t('What to do?') })).form;
};

const formOf = (forms: readonly ControlCommandForm[], method: string): ControlCommandForm => {
  const form = forms.find((each) => each.method === method);
  if (form) return form;
  throw new CeleriacError('unsupported', t('The backend knows no command {0}. Reload the window.', method));
};
