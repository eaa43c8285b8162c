import type { ArgumentKind, ControlArgument } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import { type ControlMethod, isPlural, signatureOf, specOf } from './controlCommands.ts';
import { readSignal } from './signals.ts';

/**
 * The arguments of a command from the words of a command line: in their order, as Celery reads them itself
 * (celery/bin/control.py: _compile_arguments), or as name=value. Throws a `CeleriacError` for what no worker accepts.
 */
export const readControlArguments = (
  method: ControlMethod,
  words: readonly string[],
): Readonly<Record<string, unknown>> => {
  const { positional, named } = specOf(method);
  const all = [...positional, ...named];
  const given = new Map<ControlArgument, string[]>();
  for (const word of words) {
    const byName = all.find(({ name }) => word.startsWith(`${name}=`));
    const argument = byName ?? positional.find((each) => isPlural(each.kind) || !given.has(each));
    if (!argument)
      throw refusal(phrase(positional.length === 0 ? 'control.noArguments' : 'control.tooMany', callOf(method)));
    const before = given.get(argument) ?? [];
    if (before.length > 0 && !isPlural(argument.kind))
      throw refusal(phrase('control.twice', { ...callOf(method), argument: argument.name }));
    given.set(argument, [...before, byName ? word.slice(byName.name.length + 1) : word]);
  }
  const missing = all.filter((argument) => argument.isRequired && !given.has(argument));
  if (missing.length > 0)
    throw refusal(
      phrase('control.missing', {
        ...callOf(method),
        arguments: missing.map(({ name, help }) => `${name} (${help})`).join(', '),
      }),
    );
  return Object.fromEntries(
    [...given].map(([argument, texts]) => {
      const value = valueFrom(argument, texts);
      if (value === null)
        throw refusal(
          phrase('control.badValue', {
            ...callOf(method),
            argument: argument.name,
            wanted: wanted(argument),
            text: texts.at(-1) ?? '',
          }),
        );
      return [argument.name, value];
    }),
  );
};

/** Why no worker would take this text as that argument; null: one would. */
export const argumentDefect = (argument: ControlArgument, text: string): string | null =>
  valueFrom(argument, isPlural(argument.kind) ? text.split(/\s+/) : [text]) === null
    ? `${argument.name} must be ${wanted(argument)}.`
    : null;

const refusal = (why: Phrase): CeleriacError => new CeleriacError('badRequest', why);

const callOf = (method: ControlMethod) => ({ method, usage: signatureOf(method) });

/** Null for what is no such value. */
const valueFrom = ({ kind, least }: ControlArgument, texts: readonly string[]): unknown => {
  if (kind === 'texts') return texts.includes('') ? null : texts;
  if (kind === 'stamps') return readStamps(texts);
  const value = read[kind](texts[0] ?? '');
  return typeof value === 'number' && value < (least ?? Number.NEGATIVE_INFINITY) ? null : value;
};

const read: Readonly<Record<Exclude<ArgumentKind, 'texts' | 'stamps'>, (text: string) => unknown>> = {
  text: (text) => (text === '' ? null : text),
  integer: (text) => (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null),
  number: (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null),
  boolean: (text) => booleans[text.toLowerCase()] ?? null,
  signal: readSignal,
  // celery/utils/time.py: rate
  rate: (text) => (/^\d+(\.\d+)?(\/[smh])?$/.test(text) ? text : null),
};

/** celery/utils/serialization.py: STRTOBOOL_DEFAULT_TABLE */
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

/** One value of a stamp as it is, several of the same as a list; Celery's own reader keeps only the last. */
const readStamps = (texts: readonly string[]): Readonly<Record<string, unknown>> | null => {
  const stamps = new Map<string, string[]>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 1) return null;
    const name = text.slice(0, equals);
    stamps.set(name, [...(stamps.get(name) ?? []), text.slice(equals + 1)]);
  }
  return Object.fromEntries([...stamps].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
};

const wanted = ({ kind, least }: ControlArgument): string => {
  const from = least === undefined ? '' : `, at least ${least}`;
  const words: Readonly<Record<ArgumentKind, string>> = {
    text: 'a text',
    texts: 'texts, none of them empty',
    integer: `an integer${from}`,
    number: `a number${from}`,
    boolean: 'yes or no',
    signal: 'a signal such as TERM',
    rate: 'a rate such as 10/s, 100/m or 5/h',
    stamps: 'stamps such as tenant=acme',
  };
  return words[kind];
};
