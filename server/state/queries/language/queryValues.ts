import { QueryError } from './queryError.ts';
import type { Span } from './queryTree.ts';

/** A value and where it stands in the query. */
interface Typed {
  readonly value: string;
  readonly at: number;
}

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

/** "250ms", "5s", "1.5h"; a number alone is seconds. Null for anything else. */
export const readSeconds = (text: string): number | null => {
  const [, figures = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,9})?)([a-z]{0,3})$/.exec(text.toLowerCase()) ?? [];
  if (figures === '') return null;
  const factor = unit === '' ? 1 : unitSeconds[unit];
  return factor === undefined ? null : Number(figures) * factor;
};

const moment = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since 1970, by the clock of this machine where no offset is given. Null for anything else. */
const readMoment = (text: string): number | null => {
  if (!moment.test(text)) return null;
  const ms = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(ms) ? null : ms;
};

type Sign = '>' | '>=' | '<' | '<=' | '=';

/** `>5s`, `<=2`, `1s..5s`. */
export const readSpan = (typed: Typed, read: (text: string) => number | null, example: string): Span => {
  const { value, at } = typed;
  const dots = value.indexOf('..');
  const one = (text: string, from: number): number => {
    const number = read(text);
    if (number !== null) return number;
    throw new QueryError(`Expected ${example}, not "${text}".`, from, text.length);
  };
  if (dots > 0) return between(one(value.slice(0, dots), at), one(value.slice(dots + 2), at + dots + 2));
  const sign = signOf(value);
  const number = one(value.slice(sign?.length ?? 0), at + (sign?.length ?? 0));
  return spanOf(sign ?? '=', number);
};

const signOf = (value: string): Sign | null =>
  (['>=', '<=', '>', '<', '='] as const).find((sign) => value.startsWith(sign)) ?? null;

const between = (from: number, to: number): Span => ({ from, hasFrom: true, to, hasTo: true });

const spanOf = (sign: Sign, value: number): Span => {
  const all = { from: Number.NEGATIVE_INFINITY, hasFrom: true, to: Number.POSITIVE_INFINITY, hasTo: true };
  switch (sign) {
    case '>':
      return { ...all, from: value, hasFrom: false };
    case '>=':
      return { ...all, from: value };
    case '<':
      return { ...all, to: value, hasTo: false };
    case '<=':
      return { ...all, to: value };
    case '=':
      return between(value, value);
    default:
      return sign satisfies never;
  }
};

/** `<1h` is less than an hour ago; `>2030-01-31T09:00` is after that moment. */
export const readTimeSpan = (typed: Typed, now: number): Span => {
  const body = typed.value.slice(signOf(typed.value)?.length ?? 0);
  const first = body.split('..', 1)[0] ?? '';
  const isAge = readSeconds(first) !== null;
  if (!isAge) return readSpan(typed, readMoment, 'an age such as <1h, or a time such as >2030-01-31T09:00');
  const age = readSpan(typed, readSeconds, 'an age such as <1h');
  return {
    from: now - age.to * 1_000,
    hasFrom: age.hasTo,
    to: now - age.from * 1_000,
    hasTo: age.hasFrom,
  };
};

/** A whole number for `retries`. */
export const readWhole = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);
