import { bytes, count, decimal, duration, percent, rate } from './figures.ts';
import type { AlertUnit } from './health.ts';

/** A number as the kind of its place in a template asks. */
export const plain = (value: number, kind: string | undefined): string => {
  switch (kind) {
    case 'duration':
      return duration(value);
    case 'percent':
      return percent(value);
    case 'bytes':
      return bytes(value);
    case 'rate':
      return rate(value);
    case 'decimal':
      return decimal(value);
    default:
      return count(value);
  }
};

/** A figure of a health rule as people read it; null where it would say nothing. */
export const inUnit = (value: number, unit: AlertUnit): string | null => {
  switch (unit) {
    case 'seconds':
      return duration(value);
    case 'share':
      return percent(value);
    case 'bytes':
      return bytes(value);
    case 'perSecond':
      return rate(value);
    case 'times':
      return `${decimal(value)}×`;
    case 'count':
      return value === 0 ? null : count(value);
    case 'none':
      return null;
    default:
      return unit satisfies never;
  }
};
