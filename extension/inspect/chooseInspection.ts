import { t } from '@vscode/l10n';
import type { AnswerQuestion } from '../../server/api/answers.ts';
import type { InspectMethod } from '../../server/api/inspect.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { fillForm } from '../control/fillForm.ts';
import type { Parts } from '../parts.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { pickOne } from '../pick/pickOne.ts';
import { methodChoices } from './methodChoices.ts';

type Inspection = Extract<AnswerQuestion, { kind: 'inspect' }>;

interface InspectionParts {
  readonly cluster: ClusterSnapshot;
  readonly row: RowTarget;
  readonly backend: Parts['backend'];
}

/** Asks for what the row did not tell: what to ask, with what, of whom. */
export const chooseInspection = async (
  methods: readonly InspectMethod[],
  { cluster, row, backend }: InspectionParts,
): Promise<Inspection> => {
  const title = t('Inspect Workers of {0}', cluster.name);
  const items = methodChoices(methods);
  const { method, isAsked } = await pickOne(items, { title, placeHolder: t('What to ask?') });
  const form = { method: method.method, help: method.help, writes: false, arguments: method.arguments };
  const words = isAsked ? await fillForm(form, { backend, cluster, row, title: method.method }) : [];
  const destination = row.hostname === null ? await chooseWorkers(cluster, title) : [row.hostname];
  return { kind: 'inspect', clusterId: cluster.clusterId, method: method.method, words, destination };
};
