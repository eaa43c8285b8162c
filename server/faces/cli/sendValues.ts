import { parseTypedJson } from '../../celery/parseTypedJson.ts';
import { signalNames, readSignal as toSignal } from '../../celery/signals.ts';
import { didYouMean } from '../../text/nearest.ts';
import type { ReadValue } from './optionValues.ts';
import { quoted } from './quoted.ts';
import { UsageError } from './usageError.ts';

/** Values may be secrets, so these sentences do not show them. */
export const readArray: ReadValue<readonly unknown[]> = (text, name) => {
  const value = readJson(text, name);
  if (Array.isArray(value)) return value;
  throw new UsageError(`${name} requires a JSON array, such as '[1, "two"]'.`);
};

export const readObject: ReadValue<Readonly<Record<string, unknown>>> = (text, name) => {
  const value = readJson(text, name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError(`${name} requires a JSON object, such as '{"to": "anna"}'.`);
};

const readJson = (text: string, name: string): unknown => {
  const value = parseTypedJson(text);
  if (value !== undefined) return value;
  throw new UsageError(`${name} is not valid JSON. Check the quotes for your shell.`);
};

export const readPriority: ReadValue<number> = (text, name) => {
  const priority = Number(text);
  if (/^\d+$/.test(text) && priority <= 255) return priority;
  throw new UsageError(`${name} requires an integer from 0 to 255, not ${quoted(text)}.`);
};

/** ISO 8601; without an offset it is the time of this machine, and a day begins at midnight. */
export const readMoment: ReadValue<Date> = (text, name) => {
  const match = moment.exec(text.trim());
  const date = match ? new Date(`${match[1]}T${match[2] ?? '00:00'}${offsetOf(match[3])}`) : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new UsageError(`${name} requires a time such as 2030-01-31T09:00:00+01:00, not ${quoted(text)}.`);
};

const moment = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

const offsetOf = (text: string | undefined): string => {
  if (text === undefined) return '';
  if (/^z$/i.test(text)) return 'Z';
  return `${text.slice(0, 3)}:${text.replace(':', '').slice(3) || '00'}`;
};

/** A time, or seconds from now. */
export const readExpiry: ReadValue<Date | number> = (text, name) => {
  const seconds = Number(text);
  if (text.trim() === '' || Number.isNaN(seconds)) return readMoment(text, name);
  if (seconds > 0 && seconds < 1e10) return seconds;
  throw new UsageError(`${name} requires a time or a number of seconds such as 600, not ${quoted(text)}.`);
};

export const readSignalName: ReadValue<string | number> = (text, name) => {
  const signal = toSignal(text);
  if (signal !== null) return signal;
  const hint = didYouMean(text.replace(/^sig/i, ''), signalNames);
  throw new UsageError(`${name} requires a signal such as TERM or KILL, not ${quoted(text)}.${hint}`);
};
