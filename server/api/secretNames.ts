import { isDashedWord, isLetter, isQuote, isSpace, skip, skipBack } from './charCodes.ts';
import type { Hidden, Look } from './hidden.ts';
import { mask } from './redaction.ts';
import { hiddenString, hiddenValue } from './secretValue.ts';

export type IsSecret = (name: string) => boolean;

const longestName = 100;
const backslash = 92;

/** `'name': value` of a dictionary, also inside a quoted text, and `Name: value` of a header. */
export const afterColon =
  (isSecret: IsSecret): Look =>
  (text, colon) => {
    const end = skipBack(text, colon, isSpace);
    if (end === 0) return null;
    if (!isQuote(text.charCodeAt(end - 1))) return end === colon ? afterHeader(text, colon, isSecret) : null;
    const closing = skipBack(text, end - 1, (code) => code === backslash);
    const from = skipBack(text, closing, isInName, closing - longestName);
    const slashes = end - 1 - closing;
    const isName = from < closing && text.charCodeAt(from - 1) === text.charCodeAt(end - 1);
    if (!isName || !text.endsWith(text.slice(closing, end - 1), from - 1)) return null;
    if (!isSecret(text.slice(from, closing))) return null;
    return hiddenValue(text, skip(text, colon + 1, isSpace), text.slice(end - 1 - slashes, end - 1));
  };

const isInName = (code: number): boolean => !isQuote(code) && code !== backslash && code !== 10;

/** Only names that no sentence has: with a dash (`X-Api-Key: …`), or `Authorization:`. */
const afterHeader = (text: string, colon: number, isSecret: IsSecret): Hidden | null => {
  const from = skipBack(text, colon, isDashedWord, colon - longestName);
  const name = text.slice(from, colon);
  if (!(name.includes('-') || name.toLowerCase() === 'authorization') || !isSecret(name)) return null;
  const value = skip(text, colon + 1, isBlank);
  const scheme = skip(text, value, isLetter);
  const behind = skip(text, scheme, isBlank);
  const credential = scheme > value && behind > scheme ? behind : value;
  const to = skip(text, credential, isOfCredential);
  return to > credential ? { from: credential, to, shown: mask } : null;
};

const isBlank = (code: number): boolean => code === 32 || code === 9;
const isOfCredential = (code: number): boolean =>
  !isSpace(code) && !isQuote(code) && !',;)]}>\\'.includes(String.fromCharCode(code));

/** Names that are secret in the query of a URL, where signatures let anybody in. */
const inQueries = new Set(['sig', 'signature', 'x-amz-signature', 'x-goog-signature', 'pass', 'pw', 'auth']);

/** `name=value` of a call, a form, a URL's query or a command line. */
export const afterEquals =
  (isSecret: IsSecret): Look =>
  (text, equals) => {
    if (text.charCodeAt(equals + 1) === 61) return null;
    const end = skipBack(text, equals, isSpace);
    const run = skipBack(text, end, isDashedWord, end - longestName);
    const from = skip(text, run, (code) => code === 45 || (code >= 48 && code <= 57));
    if (from >= end) return null;
    const name = text.slice(from, end);
    if ('?&'.includes(text.charAt(run - 1)) && run > 0) {
      if (!isSecret(name) && !inQueries.has(name.toLowerCase())) return null;
      const to = skip(text, equals + 1, isOfQuery);
      return to > equals + 1 ? { from: equals + 1, to, shown: mask } : null;
    }
    return isSecret(name) ? hiddenValue(text, skip(text, equals + 1, isSpace), '') : null;
  };

const isOfQuery = (code: number): boolean =>
  !isSpace(code) && !isQuote(code) && !'&#;,<>()\\'.includes(String.fromCharCode(code));

/** `--name value` of a command line, and `'--name', 'value'` of a list. */
export const afterOption =
  (isSecret: IsSecret): Look =>
  (text, at) => {
    if (text.charCodeAt(at + 1) !== 45 || (at > 0 && isDashedWord(text.charCodeAt(at - 1)))) return null;
    const end = skip(text, at + 2, (code) => isDashedWord(code));
    if (end - at > longestName || text.startsWith('no-', at + 2) || !isSecret(text.slice(at + 2, end))) return null;
    const quote = skip(text, end, (code) => code === backslash);
    if (isQuote(text.charCodeAt(quote))) {
      const comma = skip(text, quote + 1, isSpace);
      return text.charAt(comma) === ',' ? hiddenString(text, skip(text, comma + 1, isSpace)) : null;
    }
    const from = skip(text, end, isBlank);
    if (from === end || text.charAt(from) === '-') return null;
    const string = hiddenString(text, from);
    if (string !== null) return string;
    const to = skip(text, from, isOfCredential);
    return to > from ? { from, to, shown: mask } : null;
  };

/** `Bearer …` and `Basic …`, where what follows cannot be a word of a sentence. */
export const afterScheme: Look = (text, at) => {
  const scheme = text.slice(at, at + 7).toLowerCase();
  const length = scheme === 'bearer ' ? 7 : scheme.startsWith('basic ') ? 6 : 0;
  if (length === 0 || (at > 0 && isDashedWord(text.charCodeAt(at - 1)))) return null;
  const from = at + length;
  const to = skip(text, from, isOfToken);
  if (to - from < 8 || !/[0-9=]|[a-z][A-Z]/.test(text.slice(from, to))) return null;
  return { from, to, shown: mask };
};

const isOfToken = (code: number): boolean => isDashedWord(code) || '.~+/='.includes(String.fromCharCode(code));
