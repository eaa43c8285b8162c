import { t } from '@vscode/l10n';
import type { ControlArgument } from '../../server/api/control.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';

export interface Form {
  readonly method: string;
  readonly title: string;
  /** The word for the act on the page of options: "Restart Pool". */
  readonly act: string;
  readonly arguments: readonly ControlArgument[];
  /** What stands in a field at first, by the name of its argument. */
  readonly prefilled?: Readonly<Record<string, string>>;
  /** Instead of the help of the only argument that is asked for. */
  readonly prompt?: string;
  readonly backend: Pick<Parts['backend'], 'request'>;
  /** Options that few need: listed when they are asked for. */
  readonly areAdvanced?: boolean;
}

/** By the name of their argument, as typed; what is left out is not sent. */
export type Values = Readonly<Record<string, string>>;

/** Asks for what is required or has a present value, one at a time; everything else has a default and shares one page. */
export const fillForm = async (form: Form): Promise<Values> => {
  let values: Values = {};
  const isAsked = ({ name, isRequired }: ControlArgument): boolean =>
    Boolean(isRequired) || form.prefilled?.[name] !== undefined;
  for (const argument of form.arguments.filter(isAsked)) {
    const text = orCancelled(await typeText(argument, form, form.prefilled?.[argument.name] ?? ''));
    if (text !== '') values = { ...values, [argument.name]: text };
  }
  const optional = form.arguments.filter((argument) => !isAsked(argument));
  return optional.length === 0 ? values : { ...values, ...(await fillPage(form, optional)) };
};

/** As the words of a command line. */
export const wordsOf = (form: Pick<Form, 'arguments'>, values: Values): string[] =>
  form.arguments.flatMap(({ name, kind }) => {
    const text = values[name];
    if (text === undefined || text === '') return [];
    const texts = kind === 'texts' || kind === 'stamps' ? text.split(/\s+/) : [text];
    return texts.map((each) => `${name}=${each}`);
  });

/** The act first, so that Enter takes it; below it each option with its present value. */
const fillPage = async (form: Form, options: readonly ControlArgument[]): Promise<Values> => {
  let values: Values = {};
  let areListed = !form.areAdvanced;
  for (;;) {
    const act = { label: form.act, icon: 'play', argument: null };
    const advanced = {
      label: t('Advanced…'),
      description: options.map(({ name }) => name).join(', '),
      argument: 'all' as const,
    };
    const rows = options.map((argument) => ({
      label: argument.name,
      description: values[argument.name] ?? '',
      detail: argument.help,
      argument,
    }));
    const placeHolder = t('Press Enter to continue, or change an option');
    const listed = areListed ? rows : [advanced];
    const { argument } = await pickOne([act, ...listed], { title: form.title, placeHolder });
    if (argument === null) return values;
    if (argument === 'all') areListed = true;
    else values = { ...values, ...(await change(argument, form, values)) };
  }
};

/** A switch is turned over in place; Escape in a field leads back to the page. */
const change = async (argument: ControlArgument, form: Form, values: Values): Promise<Values> => {
  const { name, kind } = argument;
  if (kind === 'boolean') return { [name]: values[name] === 'yes' ? 'no' : 'yes' };
  const text = await typeText(argument, form, values[name] ?? '');
  return text === undefined ? {} : { [name]: text };
};

/** Checked at every key by the backend, which knows what workers accept. */
const typeText = async (
  { name, help, isRequired }: ControlArgument,
  { method, title, prompt = help, backend }: Form,
  value: string,
): Promise<string | undefined> => {
  const check = async (text: string): Promise<string | null> => {
    if (text.trim() === '') return isRequired ? t('A value is required.') : null;
    return backend.request(requests.checkArgument, { method, argument: name, text: text.trim() });
  };
  const typed = await showInput({ title, prompt, value, ignoreFocusOut: true, validateInput: check });
  return typed?.trim();
};
