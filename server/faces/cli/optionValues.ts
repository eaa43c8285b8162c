import { isIP } from 'node:net';
import type { TaskSortColumn, TaskState } from '../../api/tasks.ts';
import { type VocabularyName, vocabularyNames } from '../../metrics/vocabularyNames.ts';
import { didYouMean } from '../../text/nearest.ts';
import { type OutputFormat, outputFormats } from './outputFormat.ts';
import { quoted } from './quoted.ts';
import { UsageError } from './usageError.ts';

/** How the text after an option becomes its value. `name` is for the sentence when it cannot. */
export type ReadValue<T> = (text: string, name: string) => T;

export const readText: ReadValue<string> = (text, name) => {
  if (text !== '') return text;
  throw new UsageError(`${name} requires a value that is not empty.`);
};

export const readSeconds: ReadValue<number> = (text, name) => {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new UsageError(`${name} requires a number of seconds, such as 5, not ${quoted(text)}.`);
};

export const readCount: ReadValue<number> = (text, name) => {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && Number.isSafeInteger(count)) return count;
  throw new UsageError(`${name} requires a positive integer, not ${quoted(text)}.`);
};

export const readPort: ReadValue<number> = (text, name) => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${name} requires a port from 0 (any free port) to 65535, not ${quoted(text)}.`);
};

export const readAddressRange: ReadValue<string> = (text, name) => {
  if (isAddressRange(text)) return text;
  throw new UsageError(
    `${name} requires an address such as 10.0.0.5 or a range such as 10.0.0.0/8, not ${quoted(text)}.`,
  );
};

export const readHttpUrl: ReadValue<string> = (text, name) => {
  if (/^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)) return text;
  throw new UsageError(`${name} requires a URL such as http://localhost:4318, not ${quoted(text)}.`);
};

/** Per second; "120/m" is two. */
export const readRate: ReadValue<number> = (text, name) => {
  const [, figures = '', unit = 's'] = /^(\d{1,6}(?:\.\d{1,3})?)(?:\/([smh]))?$/.exec(text) ?? [];
  const perSecond = Number(figures) / { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
  if (figures !== '' && perSecond > 0) return perSecond;
  throw new UsageError(`${name} requires a rate such as 20/s or 100/m, not ${quoted(text)}.`);
};

export const readOutput: ReadValue<OutputFormat> = (text, name) => {
  const found = outputFormats.find((each) => each === text.toLowerCase());
  if (found) return found;
  throw new UsageError(`${name} must be one of ${outputFormats.join(', ')}, not ${quoted(text)}.`);
};

export const readShare: ReadValue<number> = (text, name) => {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new UsageError(`${name} requires a number from 0 to 1, such as 0.1, not ${quoted(text)}.`);
};

/** Whose names the metrics have. */
export const readVocabulary: ReadValue<VocabularyName> = (text, name) => {
  const found = vocabularyNames.find((each) => each === text);
  if (found) return found;
  throw new UsageError(`${name} must be one of ${vocabularyNames.join(', ')}, not ${quoted(text)}.`);
};

/** What a timer of Node can hold. */
const longestSeconds = 2 ** 31 / 1000 - 1;

/** Celery's own states; custom ones exist as well, so an unknown one is refused only when it looks like a slip. */
export const celeryStates = [
  'PENDING',
  'RECEIVED',
  'STARTED',
  'SUCCESS',
  'FAILURE',
  'RETRY',
  'REVOKED',
  'REJECTED',
] as const;

/** What people call them. */
const statesByOtherName: Readonly<Record<string, string>> = {
  RUNNING: 'STARTED',
  ACTIVE: 'STARTED',
  ERROR: 'FAILURE',
  DONE: 'SUCCESS',
  OK: 'SUCCESS',
  WAITING: 'RECEIVED',
};

export const readState: ReadValue<TaskState> = (text, name) => {
  const state = readText(text, name).toUpperCase();
  if ((celeryStates as readonly string[]).includes(state)) return state;
  const other = Object.hasOwn(statesByOtherName, state) ? ` Did you mean "${statesByOtherName[state]}"?` : null;
  const hint = other ?? didYouMean(state, celeryStates);
  if (hint === '') return state;
  throw new UsageError(`Unknown state ${quoted(text)}.${hint}`);
};

export interface SortChoice {
  readonly column: TaskSortColumn;
  readonly descending: boolean;
}

/** Each column, and whether its largest or latest is what one wants to see first. */
const descendsByItself: Readonly<Record<TaskSortColumn, boolean>> = {
  updated: true,
  sent: true,
  received: true,
  started: true,
  finished: true,
  runtime: true,
  wait: true,
  retries: true,
  eta: false,
  state: false,
  name: false,
  worker: false,
  client: false,
  queue: false,
  args: false,
  kwargs: false,
  result: false,
  exception: false,
  id: false,
};

const sortColumns = Object.keys(descendsByItself) as readonly TaskSortColumn[];

export const readSort: ReadValue<SortChoice> = (text, name) => {
  const [word = '', direction] = text.toLowerCase().split(':');
  const column = sortColumns.find((each) => each === word);
  if (!column) {
    const hint = didYouMean(word, sortColumns) || ` Columns: ${sortColumns.join(', ')}.`;
    throw new UsageError(`Unknown sort column ${quoted(word)}.${hint}`);
  }
  if (direction === undefined) return { column, descending: descendsByItself[column] };
  if (direction === 'asc' || direction === 'desc') return { column, descending: direction === 'desc' };
  throw new UsageError(`${name} ${word} accepts :asc or :desc, not ${quoted(`:${direction}`)}.`);
};

/** Whether a text is an address or a range of addresses. */
const isAddressRange = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};
