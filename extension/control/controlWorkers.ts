import { t } from '@vscode/l10n';
import type { ControlArgument, ControlCommandForm } from '../../server/api/control.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { refuseIfReadOnly } from '../commands/confirmWrite.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseTaskName } from '../pick/chooseTaskName.ts';
import { chooseWorkers } from '../pick/chooseWorkers.ts';
import { pickOne } from '../pick/pickOne.ts';
import { chooseEndingConsumer, chooseNewConsumer } from './chooseConsumer.ts';
import { chooseRate } from './chooseRate.ts';
import { fillForm, type Values, wordsOf } from './fillForm.ts';
import { orderTitle } from './orderWords.ts';
import { poolForm } from './poolForm.ts';
import { type Preset, presetFor } from './presets.ts';
import { type ControlParts, tellWorkers } from './tellWorkers.ts';
import { type Before, nothingBefore } from './undo.ts';
import { readWorkerFacts } from './workerFacts.ts';

/** What a command needs: its values, its workers (null: every one), and what was so before. */
interface Filled {
  readonly values: Values;
  readonly destination: readonly string[] | null;
  readonly before: Before;
}

interface Question {
  readonly form: ControlCommandForm;
  readonly title: string;
  readonly cluster: ClusterSnapshot;
  readonly row: RowTarget;
  readonly backend: Parts['backend'];
}

/** Has workers do something: which command (unless it is given), on what, by which workers, with which values. */
export const controlWorkers = async (row: RowTarget, parts: ControlParts, preset?: Preset): Promise<void> => {
  const what = preset?.title() ?? t('Control Workers');
  const cluster = await chooseCluster(row.clusterId, parts, what);
  refuseIfReadOnly(what, cluster);
  const forms = await parts.backend.request(requests.controlCommands, {});
  const form = preset ? formOf(forms, preset.method) : await chooseForm(forms, cluster);
  const title = (preset ?? presetFor(form.method))?.title() ?? form.method;
  const { values, destination, before } = await fill({ form, title, cluster, row, backend: parts.backend });
  const words = wordsOf(form, values);
  const order = { method: form.method, title: orderTitle(title, words), help: form.help, words, destination };
  await tellWorkers({ ...order, before }, cluster, parts);
};

/** The thing first, then the workers, then values, of which those known are filled in. */
const fill = async (question: Question): Promise<Filled> => {
  switch (question.form.method) {
    case 'add_consumer':
    case 'cancel_consumer':
      return fillConsumer(question);
    case 'rate_limit':
    case 'time_limit':
      return fillLimits(question);
    case 'autoscale':
    case 'pool_grow':
    case 'pool_shrink':
      return fillPool(question);
    default: {
      const { cluster, title, row, form } = question;
      const values = row.taskId !== null && takesIds(form) ? { task_id: row.taskId } : {};
      const others = await ask(question, { values });
      return { values: others, destination: await workersOf(row, cluster, title), before: nothingBefore };
    }
  }
};

const fillConsumer = async (question: Question): Promise<Filled> => {
  const { form, title, cluster, row, backend } = question;
  const facts = await readWorkerFacts(cluster, row.hostname, backend);
  const choose = form.method === 'add_consumer' ? chooseNewConsumer : chooseEndingConsumer;
  const { queue, destination } = await choose({ title, cluster, row, facts });
  // Only AMQP has exchanges; Redis and the folders route by the name of the queue.
  const options = cluster.brokerKind === 'amqp' ? await ask(question, { values: { queue } }) : { queue };
  return { values: options, destination, before: nothingBefore };
};

const fillLimits = async (question: Question): Promise<Filled> => {
  const { form, title, cluster, row, backend } = question;
  const taskName = row.taskName ?? (await chooseTaskName(backend, cluster, title));
  const limits = await backend.request(requests.taskLimits, { clusterId: cluster.clusterId, taskName });
  const destination = await workersOf(row, cluster, title);
  const named = { task_name: taskName };
  const before = { ...nothingBefore, limits };
  if (form.method === 'rate_limit') {
    const rate = await chooseRate(taskName, limits.rateLimit, backend);
    return { values: { ...named, rate_limit: rate }, destination, before };
  }
  const prefilled = { soft: textOf(limits.softSeconds), hard: textOf(limits.hardSeconds) };
  const values = await ask(question, { values: named, prefilled, title: t('Set time limits of {0}', taskName) });
  return { values, destination, before };
};

const fillPool = async (question: Question): Promise<Filled> => {
  const { cluster, title, row, backend, form } = question;
  const destination = await workersOf(row, cluster, title);
  const facts = await readWorkerFacts(cluster, row.hostname, backend);
  const chosen = facts.filter(({ hostname }) => destination?.includes(hostname) ?? true);
  return { values: await ask(question, poolForm(form.method, chosen)), destination, before: nothingBefore };
};

interface Known {
  readonly values?: Values;
  readonly prefilled?: Values;
  readonly title?: string;
  readonly prompt?: string;
}

/** Asks for what is not known yet. */
const ask = async (
  { form, title, backend }: Question,
  { values = {}, prefilled = {}, title: own = title, prompt }: Known,
): Promise<Values> => {
  const open = form.arguments.filter(({ name }) => values[name] === undefined);
  const areAdvanced = form.method === 'add_consumer';
  const filling = { method: form.method, title: own, act: title, arguments: open, prefilled, backend, areAdvanced };
  return { ...values, ...(await fillForm(prompt === undefined ? filling : { ...filling, prompt })) };
};

const takesIds = ({ arguments: all }: ControlCommandForm): boolean =>
  all.some(({ name }: ControlArgument) => name === 'task_id');

const workersOf = async (
  { hostname }: RowTarget,
  cluster: ClusterSnapshot,
  title: string,
): Promise<readonly string[] | null> => (hostname === null ? chooseWorkers(cluster, title) : [hostname]);

const textOf = (seconds: number | null): string => (seconds === null ? '' : String(seconds));

const chooseForm = async (
  forms: readonly ControlCommandForm[],
  { name }: ClusterSnapshot,
): Promise<ControlCommandForm> => {
  const items = forms.map((form) => ({ label: form.method, description: form.help, form }));
  const placeHolder = t('Select a command');
  return (await pickOne(items, { title: t('Control Workers of {0}', name), placeHolder })).form;
};

const formOf = (forms: readonly ControlCommandForm[], method: string): ControlCommandForm => {
  const form = forms.find((each) => each.method === method);
  if (form) return form;
  throw new CeleriacError('unsupported', t('The backend has no command {0}. Reload the window.', method));
};
