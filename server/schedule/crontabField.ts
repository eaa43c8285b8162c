/** The five fields of a crontab. */
export type CrontabFieldName = 'minute' | 'hour' | 'dayOfWeek' | 'dayOfMonth' | 'monthOfYear';

/** As it is written in the code: a number, an expression such as `*\/15`, or a list of numbers. */
export type CrontabValue = number | string | readonly number[];

interface Bounds {
  readonly least: number;
  readonly most: number;
}

export const crontabBounds: Readonly<Record<CrontabFieldName, Bounds>> = {
  minute: { least: 0, most: 59 },
  hour: { least: 0, most: 23 },
  dayOfWeek: { least: 0, most: 6 },
  dayOfMonth: { least: 1, most: 31 },
  monthOfYear: { least: 1, most: 12 },
};

/** What a person would never write by hand. */
const longest = 1_000;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The numbers that a field stands for, in their order; null where Celery refuses it (`celery/schedules.py:
 * crontab_parser`, `crontab._expand_cronspec`).
 */
export const readCrontabField = (value: CrontabValue, field: CrontabFieldName): readonly number[] | null => {
  const bounds = crontabBounds[field];
  const numbers = typeof value === 'string' ? expand(value, bounds) : typeof value === 'number' ? [value] : value;
  if (numbers === null || numbers.length === 0 || !numbers.every((each) => isWithin(each, bounds))) return null;
  return [...new Set(numbers)].sort((a, b) => a - b);
};

const isWithin = (number: number, { least, most }: Bounds): boolean =>
  Number.isInteger(number) && least <= number && number <= most;

const expand = (expression: string, bounds: Bounds): readonly number[] | null => {
  if (expression.length > longest) return null;
  const found: number[] = [];
  for (const part of expression.split(',')) {
    const numbers = expandPart(part, bounds);
    if (numbers === null) return null;
    found.push(...numbers);
  }
  return found;
};

/** Celery matches the beginning of a part: what follows a range or a step is ignored, as in `1-5?`. */
const expandPart = (part: string, bounds: Bounds): readonly number[] | null => {
  const [, from, to, slash, step] = /^(\w+)-(\w+)(?:(\/)(\w+)?)?/.exec(part) ?? [];
  if (from !== undefined && to !== undefined) {
    const range = rangeOf(numberOf(from, bounds), numberOf(to, bounds), bounds);
    return slash === undefined ? range : everyNth(range, step);
  }
  const all = rangeOf(bounds.least, bounds.most, bounds);
  if (part === '*') return all;
  if (part.startsWith('*/')) return everyNth(all, /^\w+/.exec(part.slice(2))?.[0]);
  const single = numberOf(part, bounds);
  return single === null ? null : [single];
};

/** A range that ends before it starts goes over the end: `22-2`. */
const rangeOf = (from: number | null, to: number | null, { least, most }: Bounds): readonly number[] | null => {
  if (from === null || to === null) return null;
  const upTo = (start: number, end: number): number[] => Array.from({ length: end - start + 1 }, (_, at) => start + at);
  return to < from ? [...upTo(from, most), ...upTo(least, to)] : upTo(from, to);
};

const everyNth = (numbers: readonly number[] | null, step: string | undefined): readonly number[] | null => {
  const every = step === undefined ? null : integerOf(step);
  return every === null || every === 0 || numbers === null ? null : numbers.filter((_, at) => at % every === 0);
};

const numberOf = (text: string, bounds: Bounds): number | null => {
  const number = integerOf(text) ?? nameOf(text);
  return number !== null && isWithin(number, bounds) ? number : null;
};

/** As Python's `int()` reads digits. */
const integerOf = (text: string): number | null => {
  const trimmed = text.trim();
  return /^\+?\d+(?:_\d+)*$/.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : null;
};

/** Celery looks at the first three letters only, and for months first. */
const nameOf = (text: string): number | null => {
  const start = text.slice(0, 3).toLowerCase();
  const month = monthNames.indexOf(start);
  if (month >= 0) return month + 1;
  const day = dayNames.indexOf(start);
  return day >= 0 ? day : null;
};
