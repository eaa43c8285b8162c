/** Words for figures, as the tables and sentences of the command line use them. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const figure = (count: number): string => grouped.format(count);

export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${figure(count)} ${count === 1 ? noun : nouns}`;

/** A length of time with three digits at most: "0.4 ms", "76 ms", "1.23 s", "2 m 5 s", "3 h 20 m", "4 d 2 h". */
export const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0) return `-${duration(-seconds)}`;
  const ms = seconds * 1000;
  if (ms < 10) return `${trimmed(ms, 1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (seconds < 9.995) return `${trimmed(seconds, 2)} s`;
  if (seconds < 59.95) return `${trimmed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return pair(Math.floor(whole / 60), 'm', whole % 60, 's');
  if (whole < 86_400) return pair(Math.floor(whole / 3_600), 'h', Math.floor(whole / 60) % 60, 'm');
  return pair(Math.floor(whole / 86_400), 'd', Math.floor(whole / 3_600) % 24, 'h');
};

/** How long ago, in whole steps, so that a screen that is drawn each second does not flicker. */
export const ago = (ms: number): string => {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return seconds < 1 ? 'just now' : `${duration(seconds)} ago`;
};

/** "0", "0.04", "3.1", "48", "1,204". */
export const rate = (perSecond: number): string => {
  if (perSecond === 0) return '0';
  if (perSecond < 0.1) return trimmed(perSecond, 2);
  return perSecond < 10 ? trimmed(perSecond, 1) : figure(perSecond);
};

export const percent = (share: number): string =>
  `${share < 0.1 ? trimmed(share * 100, 1) : Math.round(share * 100)} %`;

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
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const writeOut = (sign: string): string => named[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
