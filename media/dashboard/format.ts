import { t } from '@vscode/l10n';

/** A figure as short as it can be without misleading: three digits, then k and M. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 999_500) return `${trimmed(value / 1e6)}M`;
  if (size >= 9_995) return `${trimmed(value / 1e3)}k`;
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return trimmed(value);
};

const trimmed = (value: number): string => {
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)));
};

export const duration = (seconds: number): string => {
  const size = Math.abs(seconds);
  if (size === 0) return t('0 s');
  if (size < 0.0995) return t('{0} ms', trimmed(seconds * 1000));
  if (size < 0.9995) return t('{0} ms', Math.round(seconds * 1000));
  if (size < 100) return t('{0} s', trimmed(seconds));
  if (size < 5_970) return t('{0} min', trimmed(seconds / 60));
  if (size < 48 * 3600) return t('{0} h', trimmed(seconds / 3600));
  return t('{0} d', trimmed(seconds / 86_400));
};

export const share = (value: number): string => {
  const percent = value * 100;
  if (percent > 0 && percent < 0.05) return '<0.1 %';
  if (percent > 99.95 && percent < 100) return '>99.9 %';
  return `${trimmed(Number(percent.toFixed(1)))} %`;
};

export const perSecond = (value: number): string => {
  if (value !== 0 && Math.abs(value) < 0.005) return t('{0}/min', trimmed(value * 60));
  return t('{0}/s', figure(value));
};

export const bytes = (value: number): string => {
  if (value >= 1e9) return t('{0} GB', trimmed(value / 1e9));
  return t('{0} MB', figure(Math.round(value / 1e6)));
};

/** A time of day, with its day where a span is longer than one. */
export const clock = (at: number, spanMs = 0): string => {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits);
  if (spanMs > 36 * 3_600_000)
    return `${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${hours}:${minutes}`;
  return spanMs > 1_800_000 ? `${hours}:${minutes}` : `${hours}:${minutes}:${seconds}`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

export type Unit = 'count' | 'perSecond' | 'seconds' | 'share' | 'bytes';

export const inUnit = (value: number | null | undefined, unit: Unit): string => {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 'count':
      return figure(value);
    case 'perSecond':
      return perSecond(value);
    case 'seconds':
      return duration(value);
    case 'share':
      return share(value);
    case 'bytes':
      return bytes(value);
    default:
      return unit satisfies never;
  }
};
