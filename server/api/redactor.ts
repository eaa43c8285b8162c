import { mask, maskLogins } from './redaction.ts';

/** Takes secrets out of what is shown of a task: values whose name matches, and the logins in URLs. */
export interface Redactor {
  /** A repr, JSON or plain text. */
  text(text: string): string;
  /** As `text`, but of the lines of source code in it only the logins in URLs. */
  traceback(text: string): string;
  value(value: unknown): unknown;
}

/** `*` is any run of characters, `?` any one of them or none. */
export const makeRedactor = (patterns: readonly string[]): Redactor => {
  const isSecret = nameTest(patterns);
  const text = (from: string): string => maskLogins(isSecret === null ? from : withoutSecrets(from, isSecret));
  return {
    text,
    traceback: (from) =>
      from
        .split('\n')
        .map((line) => (line.startsWith('    ') ? maskLogins(line) : text(line)))
        .join('\n'),
    value: (value) => redactValue(value, isSecret ?? (() => false), text),
  };
};

type IsSecret = (name: string) => boolean;

const nameTest = (patterns: readonly string[]): IsSecret | null => {
  if (patterns.length === 0) return null;
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.?'),
  );
  const test = new RegExp(`^(?:${sources.join('|')})$`, 'i');
  return (name) => test.test(name);
};

const redactValue = (value: unknown, isSecret: IsSecret, text: (from: string) => string): unknown => {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each) => redactValue(each, isSecret, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      isSecret(name) && each !== null && each !== '' ? mask : redactValue(each, isSecret, text),
    ]),
  );
};

/** A name as a dictionary's key (also inside a quoted JSON text), or as an argument's. */
const named = /(\\*)(['"])([^'"\\\n]{1,100})\1\2\s*:\s*|\b([A-Za-z_][\w-]{0,99})\s*=\s*(?!=)/g;

const withoutSecrets = (text: string, isSecret: IsSecret): string => {
  let redacted = '';
  let done = 0;
  named.lastIndex = 0;
  for (let match = named.exec(text); match !== null; match = named.exec(text)) {
    if (!isSecret(match[3] ?? match[4] ?? '')) continue;
    const from = named.lastIndex;
    const to = endOfValue(text, from, match[1] ?? '');
    if (to === from || isEmptyValue(text.slice(from, to))) continue;
    redacted += `${text.slice(done, from)}${hidden(text, from, match[1] ?? '')}`;
    done = to;
    named.lastIndex = to;
  }
  return redacted + text.slice(done);
};

const isEmptyValue = (value: string): boolean => /^(?:None|null|\\*(['"])\\*\1)$/.test(value);

/** The mask in the quotes that stood there: a repr stays one. */
const hidden = (text: string, from: number, escaping: string): string => {
  const quote = text.slice(from).match(/^[bBrRuU]{0,2}\\*(['"])/)?.[1] ?? "'";
  return `${escaping}${quote}${mask}${escaping}${quote}`;
};

const quoteAt = /[bBrRuU]{0,2}(\\*)(['"])/y;

/** Behind the Python or JSON value that begins at `from`; the end of the text when it was cut off. */
const endOfValue = (text: string, from: number, escaping: string): number => {
  quoteAt.lastIndex = from;
  const quote = quoteAt.exec(text);
  if (quote !== null) return endOfString(text, quoteAt.lastIndex, `${quote[1] ?? ''}${quote[2] ?? ''}`);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (/['"]/.test(char)) at = endOfString(text, at + 1, char) - 1;
    else if (/[([{<]/.test(char)) depth++;
    else if (/[)\]}>]/.test(char)) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0 && /[)\]}>]/.test(char)) return at + 1;
    } else if (depth === 0 && (/[,;&]/.test(char) || (escaping === '' && /\s/.test(char)))) return at;
  }
  return text.length;
};

const endOfString = (text: string, from: number, closing: string): number => {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(closing, at)) return at + closing.length;
    if (text[at] === '\\') at++;
  }
  return text.length;
};
