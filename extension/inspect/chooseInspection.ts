import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerQuestion } from '../../server/api/answers.ts';
import type { InspectMethod } from '../../server/api/inspect.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { fillForm, wordsOf } from '../control/fillForm.ts';
import type { Parts } from '../parts.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { type MethodChoice, methodChoices } from './methodChoices.ts';

type Inspection = Extract<AnswerQuestion, { kind: 'inspect' }>;

interface InspectionParts {
  readonly cluster: ClusterSnapshot;
  readonly row: RowTarget;
  readonly backend: Parts['backend'];
}

/** Asks for what the row leaves open: what to ask, with which parameters, and which workers. */
export const chooseInspection = async (
  methods: readonly InspectMethod[],
  { cluster, row, backend }: InspectionParts,
): Promise<Inspection> => {
  const title = t('Inspect Workers of {0}', cluster.name);
  const { method, withOptions } = await chooseMethod(methodChoices(methods), title);
  const all = method.arguments.filter(({ isRequired }) => isRequired || withOptions);
  const known = row.taskId === null ? {} : { ids: row.taskId };
  const form = {
    method: method.method,
    title: t('Inspect: {0}', method.help),
    act: t('Inspect'),
    arguments: all,
    prefilled: known,
    backend,
  };
  const words = wordsOf(form, await fillForm(form));
  const destination = row.hostname === null ? await chooseWorkers(cluster, title) : [row.hostname];
  return { kind: 'inspect', clusterId: cluster.clusterId, method: method.method, words, destination };
};

interface ChosenMethod {
  readonly method: InspectMethod;
  readonly withOptions: boolean;
}

/** Enter asks with the defaults; the gear of a row sets its parameters first. */
const chooseMethod = async (choices: readonly MethodChoice[], title: string): Promise<ChosenMethod> => {
  const { pick, tell } = openPick<PickItem & MethodChoice>();
  const gear = { iconPath: new vscode.ThemeIcon('gear'), tooltip: t('Set Parameters…') };
  const items = choices.map((choice) => ({ ...choice, ...(choice.hasOptions ? { buttons: [gear] } : {}) }));
  tell({ title, placeholder: t('Select what to inspect'), items });
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  const chosen = Promise.withResolvers<ChosenMethod | undefined>();
  const choose = (method: InspectMethod | null | undefined, withOptions: boolean): void => {
    if (method) chosen.resolve({ method, withOptions });
  };
  const listeners = [
    pick.onDidAccept(() => choose(pick.activeItems[0]?.item.method, false)),
    pick.onDidTriggerItemButton(({ item }) => choose(item.item.method, true)),
    pick.onDidHide(() => chosen.resolve(undefined)),
  ];
  pick.show();
  try {
    return orCancelled(await chosen.promise);
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};
