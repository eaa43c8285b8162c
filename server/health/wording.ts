import type { AlertUnit } from '../api/health.ts';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const count = (value: number): string => grouped.format(value);

export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** "0.4 s", "45 s", "2 min", "3 h 20 min". */
export const span = (seconds: number): string => {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
};

export const share = (value: number): string => {
  const percent = value * 100;
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
};

export const bytes = (value: number): string => {
  const mib = value / 2 ** 20;
  return mib < 1_024 ? `${Math.round(mib)} MiB` : `${Number((mib / 1_024).toFixed(1))} GiB`;
};

/** A threshold as people read it; null where it would say nothing. */
export const inUnit = (value: number, unit: AlertUnit): string | null => {
  switch (unit) {
    case 'seconds':
      return span(value);
    case 'share':
      return share(value);
    case 'bytes':
      return bytes(value);
    case 'perSecond':
      return `${Number(value.toFixed(1))}/s`;
    case 'times':
      return `${Number(value.toFixed(1))} times`;
    case 'count':
      return value === 0 ? null : count(value);
    case 'none':
      return null;
    default:
      return unit satisfies never;
  }
};
