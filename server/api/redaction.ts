import { isDashedWord, isLetter, isQuote, isSpace, isWord, skip } from './charCodes.ts';

/** What stands in the place of a secret, as Celery hides its own settings (celery/app/utils.py: filter_hidden_settings). */
export const mask = '********';

/** Names whose values are not shown, unless the settings name others; `*` stands for anything, case does not matter. */
export const defaultRedactPatterns: readonly string[] = [
  '*password*',
  '*passwd*',
  '*passphrase*',
  '*pwd*',
  '*secret*',
  '*token*',
  '*api?key*',
  '*apikey*',
  '*access?key*',
  '*private?key*',
  '*account?key*',
  '*credential*',
  '*authorization',
  '*pass',
];

const longestScheme = 31;
const longestPassword = 4_000;

/**
 * The text without the passwords of the URLs in it: `scheme://user:password@`. A raw `/`, `@`, `;` or quote in the
 * password belongs to it, unless it ends the URL: a quote before a separator, a `;` before the next URL.
 */
export const maskLogins = (text: string): string => {
  let shown = '';
  let done = 0;
  // From the last login up to here there is no `@`: each character is read once, however many URLs begin before it.
  let looked = 0;
  for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', mark + 3)) {
    const from = mark < done || !hasScheme(text, mark) ? -1 : passwordStart(text, mark + 3);
    if (from < 0) continue;
    const limit = Math.min(text.length, from + longestPassword + 1);
    let at = -1;
    let end = Math.max(from, looked);
    for (; end < limit && !endsLogin(text, end); end++) if (text.charCodeAt(end) === atSign && end > from) at = end;
    looked = end;
    if (at < 0) continue;
    shown += text.slice(done, from) + mask;
    done = at;
  }
  return done === 0 ? text : shown + text.slice(done);
};

const atSign = 64;
const isScheme = (code: number): boolean => isDashedWord(code) || code === 43 || code === 46;

/** Whether a URL's scheme stands before `mark`: a letter that begins a word, then letters, digits and `+.-`. */
const hasScheme = (text: string, mark: number): boolean => {
  for (let at = mark - 1; at >= 0 && at >= mark - longestScheme && isScheme(text.charCodeAt(at)); at--)
    if (isLetter(text.charCodeAt(at)) && (at === 0 || !isWord(text.charCodeAt(at - 1)))) return true;
  return false;
};

/** Behind the colon that ends the user's name, which may be empty; -1 without one. */
const passwordStart = (text: string, from: number): number => {
  const at = skip(text, from, (code) => !isSpace(code) && !':@/\'",;'.includes(String.fromCharCode(code)));
  return text[at] === ':' ? at + 1 : -1;
};

const endsLogin = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return true;
  if (text[at] === ';') return beginsUrl(text, at + 1);
  return isQuote(code) && (at + 1 === text.length || endsQuoted(text.charCodeAt(at + 1)));
};

const endsQuoted = (code: number): boolean => isSpace(code) || ',:;}])'.includes(String.fromCharCode(code));

const beginsUrl = (text: string, from: number): boolean => {
  if (!isLetter(text.charCodeAt(from))) return false;
  let at = from + 1;
  while (at < from + longestScheme && isScheme(text.charCodeAt(at))) at++;
  return text.startsWith('://', at);
};
