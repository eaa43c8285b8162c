import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerQuestion } from '../../server/api/answers.ts';
import type { InspectMethod } from '../../server/api/inspect.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';

type Inspection = Extract<AnswerQuestion, { kind: 'inspect' }>;

/** Asks for what the row did not tell: what to ask, of whom. */
export const chooseInspection = async (
  cluster: ClusterSnapshot,
  hostname: string | null,
  methods: readonly InspectMethod[],
): Promise<Inspection> => {
  const title = t('Inspect Workers of {0}', cluster.name);
  const items = methods.map((method) => ({ label: method.method, description: method.help, method }));
  const { method } = await pickOne(items, { title, placeHolder: t('What to ask?') });
  const words = await typeArguments(method);
  const destination = hostname === null ? await chooseWorkers(cluster, title) : [hostname];
  return { kind: 'inspect', clusterId: cluster.clusterId, method: method.method, words, destination };
};

const typeArguments = async (method: InspectMethod): Promise<string[]> => {
  if (!method.needsArguments) return [];
  const typed = await vscode.window.showInputBox({
    title: method.signature,
    prompt: method.help,
    validateInput: (text) => (text.trim() ? null : t('{0} needs an argument.', method.method)),
  });
  return orLeft(typed).trim().split(/\s+/);
};
