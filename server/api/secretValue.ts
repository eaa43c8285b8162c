import { isQuote, isSpace, skip } from './charCodes.ts';
import type { Hidden } from './hidden.ts';
import { mask } from './redaction.ts';

/** A string of Python or JSON that begins here: where its text begins, and what ends it. */
interface Opening {
  readonly from: number;
  /** The backslashes before the quote, when the whole is quoted itself, and the quote. */
  readonly closing: string;
}

const backslash = 92;
const longestPrefix = 2;

const openingAt = (text: string, from: number): Opening | null => {
  const prefixed = skip(text, from, (code) => 'bBrRuUfF'.includes(String.fromCharCode(code)));
  if (prefixed > from + longestPrefix) return null;
  const quote = skip(text, prefixed, (code) => code === backslash);
  if (quote === text.length || !isQuote(text.charCodeAt(quote))) return null;
  return { from: quote + 1, closing: text.slice(prefixed, quote + 1) };
};

/** Hides the Python or JSON value that begins at `from`, in the quotes that stood there, so that a repr stays one. */
export const hiddenValue = (text: string, from: number, escaping: string): Hidden | null => {
  const opening = openingAt(text, from);
  const to = opening === null ? endOfBare(text, from, escaping) : endOfString(text, opening.from, opening.closing);
  if (
    opening === null ? isEmpty(text, from, to) : to - opening.from <= opening.closing.length && isClosed(text, opening)
  )
    return null;
  const quote = `${escaping}${opening === null ? "'" : opening.closing.slice(-1)}`;
  return { from, to, shown: `${quote}${mask}${quote}` };
};

/** Hides what stands between the quotes that begin at `from`. */
export const hiddenString = (text: string, from: number): Hidden | null => {
  const opening = openingAt(text, from);
  if (opening === null) return null;
  const end = endOfString(text, opening.from, opening.closing);
  const to = text.endsWith(opening.closing, end) && end > opening.from ? end - opening.closing.length : end;
  return to > opening.from ? { from: opening.from, to, shown: mask } : null;
};

const isClosed = (text: string, { from, closing }: Opening): boolean => text.startsWith(closing, from);

/** What hides nothing: also whether there is a secret may be said. */
const empty = ['', 'None', 'null', 'True', 'False', 'true', 'false', mask];
const longestEmpty = 8;

const isEmpty = (text: string, from: number, to: number): boolean =>
  to - from <= longestEmpty && empty.includes(text.slice(from, to));

const opens = (code: number): boolean => code === 40 || code === 91 || code === 123 || code === 60;
const closes = (code: number): boolean => code === 41 || code === 93 || code === 125 || code === 62;
const separates = (code: number): boolean => code === 44 || code === 59 || code === 38;

/** Behind a value without quotes; the end of the text when it was cut off. */
const endOfBare = (text: string, from: number, escaping: string): number => {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isQuote(code) && escaping !== '') return at;
    if (isQuote(code)) at = endOfString(text, at + 1, text.charAt(at)) - 1;
    else if (opens(code)) depth++;
    else if (closes(code)) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (separates(code) || (escaping === '' && isSpace(code)))) return at;
  }
  return text.length;
};

/**
 * Behind the string's end. Inside texts that are quoted themselves a quote has 1, 3, 7 … backslashes; with more it belongs
 * to the string, unless the ones too many are themselves backslashes of it; with fewer it ends what is around.
 */
const endOfString = (text: string, from: number, closing: string): number => {
  const quote = closing.charCodeAt(closing.length - 1);
  const level = closing.length - 1;
  let slashes = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) slashes++;
    else {
      if (code === quote && slashes < level) return at - slashes;
      if (code === quote && (slashes - level) % (2 * (level + 1)) === 0) return at + 1;
      slashes = 0;
    }
  }
  return text.length;
};
