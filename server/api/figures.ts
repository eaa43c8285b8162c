/** How figures read, the same on every surface: the trees, the pages, the command line and HTTP. Units are symbols, so nothing here is translated. */

/**
 * "7", "4,133". `Intl.NumberFormat` does the same, but loading its tables takes longer than everything else that a short
 * command does.
 */
export const count = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  const digits = BigInt(Math.round(Math.abs(value))).toString();
  let grouped = digits.slice(0, digits.length % 3);
  for (let at = digits.length % 3; at < digits.length; at += 3)
    grouped += `${grouped === '' ? '' : ','}${digits.slice(at, at + 3)}`;
  return value < 0 ? `-${grouped}` : grouped;
};

/** A count where there is no room for all of it: "842", "12.3k", "4M". */
export const shortCount = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 999_500) return `${significant(value / 1e6)}M`;
  if (size >= 9_995) return `${significant(value / 1e3)}k`;
  return size >= 100 ? count(value) : significant(value);
};

/** A mean or a load average: three digits at most, and separators above a thousand. */
export const decimal = (value: number): string => (Math.abs(value) < 100 ? significant(value) : count(value));

/** "0.4 ms", "76 ms", "1.23 s", "12.4 s", "3 m 20 s", "3 h 20 m", "4 d 2 h". */
export const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0) return `-${duration(-seconds)}`;
  if (seconds === 0) return '0 s';
  const ms = seconds * 1000;
  if (ms < 9.95) return `${trimmed(ms, 1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (seconds < 59.95) return `${significant(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return pair(whole, 60, 'm', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return pair(minutes, 60, 'h', 'm');
  return pair(Math.round(seconds / 3_600), 24, 'd', 'h');
};

/** How long ago, in whole steps of one unit, so that rows drawn each second stay calm: "4 s", "12 m", "3 h", "2 d". */
export const age = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
};

/** "0%", "<0.1%", "3.6%", "50%", ">99.9%", "100%": what is not all never reads as all, and what is not nothing never as nothing. */
export const percent = (share: number): string => {
  const value = share * 100;
  if (value > 0 && value < 0.05) return '<0.1%';
  if (value > 99.95 && value < 100) return '>99.9%';
  return `${value < 10 || (value > 99 && value < 100) ? trimmed(value, 1) : Math.round(value)}%`;
};

/** "48.2/s", "0.5/s", and by the minute what is slower: "0.12/m". */
export const rate = (perSecond: number): string =>
  perSecond !== 0 && Math.abs(perSecond) < 0.005 ? `${significant(perSecond * 60)}/m` : `${decimal(perSecond)}/s`;

/** "512 B", "3.4 KiB", "48 MiB", "2.1 GiB". */
export const bytes = (value: number): string => {
  const unit = byteUnits.find(({ size }) => value >= size);
  return unit ? `${significant(value / unit.size)} ${unit.name}` : `${Math.round(value)} B`;
};

const byteUnits = [
  { size: 2 ** 30, name: 'GiB' },
  { size: 2 ** 20, name: 'MiB' },
  { size: 2 ** 10, name: 'KiB' },
] as const;

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** Three digits that matter. */
const significant = (value: number): string => {
  const size = Math.abs(value);
  return trimmed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
};

/** The larger unit and the rest in the smaller, where there is one. */
const pair = (whole: number, each: number, large: string, small: string): string => {
  const rest = whole % each;
  return `${Math.floor(whole / each)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
};
