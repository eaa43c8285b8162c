import { QueryError } from './queryError.ts';

/** A piece of a query: a parenthesis, the minus before a term, or a term (`field:value`, or a plain word). */
export type QueryWord =
  | { readonly kind: 'open' | 'close' | 'minus' | 'or' | 'and' | 'not'; readonly at: number; readonly end: number }
  | {
      readonly kind: 'term';
      readonly at: number;
      readonly end: number;
      /** Null for a plain word. */
      readonly field: string | null;
      readonly value: string;
      readonly valueAt: number;
      /** A comma between two values of a list does not count in quotes. */
      readonly isQuoted: boolean;
    };

const operators = { OR: 'or', AND: 'and', NOT: 'not' } as const;

/** Longer ones are refused: nobody types them, and every task is held against each term. */
const longestQuery = 4_000;

/** Reads from left to right, each character once. */
export const queryWords = (text: string): readonly QueryWord[] => {
  if (text.length > longestQuery)
    throw new QueryError(`The query is longer than ${longestQuery} characters.`, longestQuery);
  const words: QueryWord[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, words.at(-1)?.end ?? text.length))
    words.push(wordAt(text, at));
  return words;
};

const wordAt = (text: string, at: number): QueryWord => {
  const char = text.charAt(at);
  if (char === '(') return { kind: 'open', at, end: at + 1 };
  if (char === ')') return { kind: 'close', at, end: at + 1 };
  const next = text.charAt(at + 1);
  if (char === '-' && next !== '' && !isBlank(next)) return { kind: 'minus', at, end: at + 1 };
  return operatorAt(text, at) ?? termAt(text, at);
};

const operatorAt = (text: string, at: number): QueryWord | null => {
  for (const [word, kind] of Object.entries(operators)) {
    const end = at + word.length;
    const isAlone = end >= text.length || isBlank(text.charAt(end)) || text.charAt(end) === '(';
    if (isAlone && text.startsWith(word, at)) return { kind, at, end };
  }
  return null;
};

const termAt = (text: string, at: number): QueryWord => {
  let colon = at;
  while (colon < text.length && isFieldChar(text.charCodeAt(colon))) colon++;
  const hasField = colon > at && text.charAt(colon) === ':';
  const valueAt = hasField ? colon + 1 : at;
  const field = hasField ? text.slice(at, colon) : null;
  return { kind: 'term', at, field, valueAt, ...typedValue(text, valueAt) };
};

/** Up to a blank or a parenthesis; double quotes take in what would end it, `\"` and `\\` stand for themselves there. */
const typedValue = (text: string, from: number): { value: string; end: number; isQuoted: boolean } => {
  let value = '';
  let quote = -1;
  let isQuoted = false;
  let at = from;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') {
      quote = quote < 0 ? at : -1;
      isQuoted = true;
    } else if (quote >= 0) {
      const escapes = char === '\\' && ['"', '\\'].includes(text.charAt(at + 1));
      if (escapes) at++;
      value += escapes ? text.charAt(at) : char;
    } else if (isBlank(char) || char === '(' || char === ')') break;
    else value += char;
  }
  if (quote >= 0) throw new QueryError('This quote is not closed. Add " at its end.', quote);
  return { value, end: at, isQuoted };
};

const isBlank = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

const skipBlanks = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  return at;
};

const isFieldChar = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
