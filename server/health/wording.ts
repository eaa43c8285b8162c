import { bytes, count, decimal, duration, percent, rate } from '../api/figures.ts';
import type { AlertUnit } from '../api/health.ts';

export { bytes, count, duration as span, percent as share } from '../api/figures.ts';

export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A threshold as people read it; null where it would say nothing. */
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
      return `${decimal(value)} times`;
    case 'count':
      return value === 0 ? null : count(value);
    case 'none':
      return null;
    default:
      return unit satisfies never;
  }
};
