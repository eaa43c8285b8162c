import { t } from '@vscode/l10n';
import { type Defect, type Literal, readLiteral } from './readLiteral.ts';

/** One side of a call as a person typed it: JSON that can be sent, or what is wrong with it. */
export type ReadArguments = { readonly json: string } | { readonly problem: string };

/** Nothing typed means no arguments. */
export const readArguments = (text: string, wanted: 'array' | 'object'): ReadArguments => {
  if (text.trim() === '') return { json: wanted === 'array' ? '[]' : '{}' };
  const read = readLiteral(text, wanted);
  if ('defect' in read) return { problem: defectWords(read.defect) };
  const { kind, json } = read.value;
  if (kind === wanted) return { json: isJson(text) ? text.trim() : json };
  return { problem: wanted === 'array' ? arrayNeeded() : objectNeeded() };
};

export const argumentsProblem = (text: string, wanted: 'array' | 'object'): string | null => {
  const read = readArguments(text, wanted);
  return 'problem' in read ? read.problem : null;
};

const defectWords = ({ what, at }: Defect): string => t('{0} at character {1}.', what, at + 1);

const arrayNeeded = (): string => t('Put the arguments in brackets, such as [1, "two"].');
const objectNeeded = (): string => t('Write the keyword arguments as an object, such as {0}.', '{"to": "anna"}');

/** What is JSON already is sent as it was typed. */
export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Both sides of a call, out of the document in which they were edited. */
export type ReadCall =
  | { readonly argsJson: string; readonly kwargsJson: string }
  | { readonly problem: string; readonly at: number };

export const readCallText = (text: string): ReadCall => {
  const read = readLiteral(text);
  if ('defect' in read) return { problem: read.defect.what, at: read.defect.at };
  const { kind, members } = read.value;
  if (kind !== 'object') return { problem: t('Write an object with "args" and "kwargs"'), at: 0 };
  const strange = [...members.keys()].find((name) => name !== 'args' && name !== 'kwargs');
  if (strange !== undefined)
    return { problem: t('"{0}" is neither "args" nor "kwargs"', strange), at: Math.max(0, text.indexOf(strange)) };
  const [args, kwargs] = [members.get('args'), members.get('kwargs')];
  if (args && args.kind !== 'array') return { problem: arrayNeeded(), at: placeOf(text, 'args') };
  if (kwargs && kwargs.kind !== 'object') return { problem: objectNeeded(), at: placeOf(text, 'kwargs') };
  return { argsJson: jsonOf(args, '[]'), kwargsJson: jsonOf(kwargs, '{}') };
};

const jsonOf = (side: Literal | undefined, otherwise: string): string => side?.json ?? otherwise;

const placeOf = (text: string, name: string): number => Math.max(0, text.indexOf(`"${name}"`));
