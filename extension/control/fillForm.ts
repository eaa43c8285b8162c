import { t } from '@vscode/l10n';
import type { ControlArgument, ControlCommandForm } from '../../server/api/control.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { chooseTaskName } from '../pick/chooseTaskName.ts';
import { orLeft } from '../pick/orLeft.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { showPickMany } from '../shown/showPick.ts';

export interface FormParts {
  readonly backend: Parts['backend'];
  readonly cluster: ClusterSnapshot;
  readonly row: RowTarget;
  readonly title: string;
}

/** Asks for each argument of a command, and returns them as `name=value`; what the row tells is not asked for. */
export const fillForm = async (form: ControlCommandForm, parts: FormParts): Promise<string[]> => {
  const words: string[] = [];
  for (const argument of await wanted(form, parts.title)) {
    const known = valueOfRow(argument, parts.row);
    const text = known ?? (await askFor(argument, form, parts));
    if (text !== '') words.push(...toWords(argument, text));
  }
  return words;
};

/** What must be said and numbers that have a default are asked for; of anything else it is asked whether it is wanted. */
const wanted = async (form: ControlCommandForm, title: string): Promise<readonly ControlArgument[]> => {
  const isAsked = ({ isRequired, kind }: ControlArgument): boolean =>
    Boolean(isRequired) || kind === 'integer' || kind === 'number';
  const optional = form.arguments.filter((argument) => !isAsked(argument));
  if (optional.length === 0) return form.arguments;
  const items = optional.map((argument) => ({ label: argument.name, description: argument.help, argument }));
  const options = {
    title,
    placeHolder: t('Anything else to say? Enter goes on without what is not ticked.'),
    ignoreFocusOut: true,
  } as const;
  const picked = orLeft(await showPickMany(items, options)).map(({ argument }) => argument);
  return form.arguments.filter((argument) => isAsked(argument) || picked.includes(argument));
};

const valueOfRow = ({ name }: ControlArgument, row: RowTarget): string | null => {
  if (name === 'queue') return row.queueName;
  if (name === 'task_name') return row.taskName;
  return name === 'task_id' ? row.taskId : null;
};

const askFor = async (argument: ControlArgument, form: ControlCommandForm, parts: FormParts): Promise<string> => {
  const title = `${parts.title}: ${argument.name}`;
  if (argument.name === 'queue') return chooseQueue(parts.cluster, title);
  if (argument.name === 'task_name') return chooseTaskName(parts.backend, parts.cluster, title);
  if (argument.kind === 'boolean') return chooseYes(argument, title);
  return typeText(argument, form.method, title, parts.backend);
};

const chooseYes = async ({ help }: ControlArgument, title: string): Promise<string> => {
  const items = [
    { label: t('Yes'), value: 'yes' },
    { label: t('No'), value: 'no' },
  ];
  return (await pickOne(items, { title, placeHolder: help })).value;
};

/** Checked by the backend, which knows what workers take, at every key. */
const typeText = async (
  { name, help, isRequired }: ControlArgument,
  method: string,
  title: string,
  backend: Parts['backend'],
): Promise<string> => {
  const check = async (text: string): Promise<string | null> => {
    if (text.trim() === '') return isRequired ? t('{0} is needed: {1}.', name, help) : null;
    return backend.request(requests.checkArgument, { method, argument: name, text: text.trim() });
  };
  const prompt = isRequired ? help : t('{0}. Enter leaves it out.', help);
  return orLeft(await showInput({ title, prompt, ignoreFocusOut: true, validateInput: check })).trim();
};

const toWords = ({ name, kind }: ControlArgument, text: string): string[] => {
  const texts = kind === 'texts' || kind === 'stamps' ? text.split(/\s+/) : [text];
  return texts.map((each) => `${name}=${each}`);
};
