import { t } from '@vscode/l10n';

/** A length of time with three digits that matter: `840 ms`, `12.4 s`, `3 m 20 s`, `2 h 5 m`, `3 d 4 h`. */
export const duration = (ms: number): string => {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 999.5) return t('{0} ms', ms < 9.95 ? rounded(ms, 1) : Math.round(ms));
  const seconds = ms / 1000;
  if (seconds < 59.95) return t('{0} s', seconds < 9.995 ? rounded(seconds, 2) : rounded(seconds, 1));
  const whole = Math.round(seconds);
  if (whole < 3_600) return t('{0} m {1} s', Math.floor(whole / 60), whole % 60);
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return t('{0} h {1} m', Math.floor(minutes / 60), minutes % 60);
  const hours = Math.round(seconds / 3_600);
  return t('{0} d {1} h', Math.floor(hours / 24), hours % 24);
};

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** `14:02:10.123`, and the day before it where it is not the day of `now`. */
export const moment = (at: number, now: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
};
