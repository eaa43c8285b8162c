import { t } from '@vscode/l10n';
import type { CallParameter } from '../../server/api/codePages.ts';
import { shownRedactor } from '../config.ts';
import { joined } from '../rows/wording.ts';
import { showInput } from '../shown/inputs.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { type CallField, readFieldValue } from './callFields.ts';

/** A parameter as a row: its name, what it takes, and what it is given. */
export const fieldLook = ({ parameter, json }: CallField): PickItem => ({
  label: `${marks[parameter.kind]}${parameter.name}`,
  icon: json === null && isRequired(parameter) ? 'warning' : 'symbol-parameter',
  description: joined(parameter.annotation ?? '', givenWords(parameter, json)),
});

const marks = { positional: '', regular: '', keyword: '', rest: '*', keywords: '**' } as const;

const isRequired = (parameter: CallParameter): boolean => parameter.default === null && marks[parameter.kind] === '';

/** A parameter may be called password: what it is given is covered together with its name. */
const givenWords = (parameter: CallParameter, json: string | null): string => {
  if (json !== null) return covered(parameter.name, json);
  if (isRequired(parameter)) return t('required');
  return parameter.default === null ? t('none') : t('default {0}', covered(parameter.name, parameter.default));
};

const covered = (name: string, text: string): string => {
  const start = `{${JSON.stringify(name)}: `;
  return shownRedactor().text(`${start}${text}}`).slice(start.length, -1);
};

/** As JSON; null: its default. Undefined: it was left. */
export const askField = async ({ parameter, json }: CallField, title: string): Promise<string | null | undefined> => {
  const { name, annotation } = parameter;
  const what = annotation === null ? name : `${name}: ${annotation}`;
  const typed = await showInput({
    title,
    prompt: isRequired(parameter)
      ? t('{0}, as JSON or Python', what)
      : t('{0}, as JSON or Python. Leave empty for the default.', what),
    value: json ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(text, parameter),
  });
  if (typed === undefined) return undefined;
  if (typed.trim() === '') return null;
  const read = readFieldValue(typed, parameter);
  return 'json' in read ? read.json : undefined;
};

const problemOf = (text: string, parameter: CallParameter): string | null => {
  if (text.trim() === '') return null;
  const read = readFieldValue(text, parameter);
  return 'problem' in read ? `${read.problem}.` : null;
};
