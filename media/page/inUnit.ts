import { bytes, decimal, duration, percent, rate } from '../../server/api/figures.ts';

export type Unit = 'count' | 'perSecond' | 'seconds' | 'share' | 'bytes';

/** A figure of a chart or a table as text; a dash where it is unknown. */
export const inUnit = (value: number | null | undefined, unit: Unit): string => {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 'count':
      return decimal(value);
    case 'perSecond':
      return rate(value);
    case 'seconds':
      return duration(value);
    case 'share':
      return percent(value);
    case 'bytes':
      return bytes(value);
    default:
      return unit satisfies never;
  }
};
