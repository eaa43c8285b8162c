import { age, count } from '../api/figures.ts';

/** Words for figures, as the tables and sentences of the command line use them. */
export { count as figure, decimal as rate, duration, percent } from '../api/figures.ts';

export const plural = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : nouns}`;

export const ago = (ms: number): string => (ms < 1_000 ? 'just now' : `${age(ms)} ago`);

/** The time of day on this machine's clock, to the millisecond. */
export const clockTime = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
};

/** Day and time on this machine's clock. */
export const dayAndTime = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`;
};

/** Text from outside on one line: whatever could move the cursor or change the terminal is written out. */
export const printable = (text: string): string => (harmful.test(text) ? text.replace(harmfulAll, writeOut) : text);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const harmful = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const harmfulAll = new RegExp(harmful, 'g');
/** How each of them was written out before: a text may be full of one. */
const written = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const writeOut = (sign: string): string => {
  const known = written.get(sign);
  if (known !== undefined) return known;
  const text = `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  written.set(sign, text);
  return text;
};
