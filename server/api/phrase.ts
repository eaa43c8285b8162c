import { catalogue } from './phraseCatalogue.ts';
import { inUnit, plain } from './phraseFigures.ts';
import type { Figure, Values } from './phraseValues.ts';

type Catalogue = typeof catalogue;

/** Which sentence it is, for code to branch on. */
export type PhraseCode = keyof Catalogue;

/** A sentence as data: its code, and what it is about. A face puts it into words. */
export interface Phrase {
  readonly code: PhraseCode;
  readonly values: Readonly<Record<string, PhraseValue>>;
}

type PhraseValue = string | number | Figure | Phrase;

type English<C extends PhraseCode> = Catalogue[C] extends readonly string[] ? Catalogue[C][number] : Catalogue[C];

type Given<C extends PhraseCode> = Values<English<C> & string, Phrase>;

/** The sentence of that code; the compiler asks for what its template names. */
export const phrase = <C extends PhraseCode>(
  code: C,
  ...[values]: keyof Given<C> extends never ? [] : [values: Given<C>]
): Phrase => ({ code, values: { ...values } });

/** Every English template as a translation knows it. */
export const templates = (): readonly string[] => Object.values(catalogue).flat().filter(hasWords);

/** Whether there is anything to translate: not in `{text}` alone. */
const hasWords = (template: string): boolean => /\p{L}/u.test(template.replace(hole, ''));

/** In English, or in the language that `translate` knows the templates in. */
export const inWords = ({ code, values }: Phrase, translate: (english: string) => string = english): string => {
  const entry: string | readonly [string, string] | undefined = catalogue[code];
  if (entry === undefined) return '';
  const template = typeof entry === 'string' ? entry : entry[values['n'] === 1 ? 0 : 1];
  return translate(template).replace(hole, (whole, name: string, kind: string | undefined) => {
    const value = values[name];
    return value === undefined ? whole : wordsFor(value, kind, translate);
  });
};

/** What was put into words, with the words; beside each other in what crosses a process. */
export const worded = (what: Phrase): Worded => ({ sentence: inWords(what), phrase: what });

/** What a sentence was made of, for a sentence around it. */
export const phraseIn = ({ sentence, phrase: what }: Partial<Worded> & { readonly sentence: string }): Phrase =>
  what ?? phrase('plain', { text: sentence });

/** A sentence in English, with what it was made of. */
export interface Worded {
  readonly sentence: string;
  readonly phrase: Phrase;
}

/** Whether a value from outside has the shape of a phrase. */
export const isPhrase = (value: unknown): value is Phrase =>
  typeof value === 'object' &&
  value !== null &&
  'values' in value &&
  'code' in value &&
  Object.hasOwn(catalogue, String(value.code));

const english = (template: string): string => template;

const hole = /\{(\w+)(?::(\w+))?\}/g;

const wordsFor = (value: PhraseValue, kind: string | undefined, translate: (english: string) => string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plain(value, kind);
  return 'code' in value ? inWords(value, translate) : (inUnit(value.figure, value.unit) ?? '0');
};
