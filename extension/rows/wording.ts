import { t } from '@vscode/l10n';

/** Made once: `toLocaleString` makes one each time, and thousands of rows have several figures. */
const figures = new Intl.NumberFormat('en');

export const count = (n: number): string => figures.format(n);

export const workersWord = (n: number): string => (n === 1 ? t('1 worker') : t('{0} workers', count(n)));
export const queuesWord = (n: number): string => (n === 1 ? t('1 queue') : t('{0} queues', count(n)));
export const consumersWord = (n: number): string => (n === 1 ? t('1 consumer') : t('{0} consumers', count(n)));
export const tasksWord = (n: number): string => (n === 1 ? t('1 task') : t('{0} tasks', count(n)));

/** A length of time as people say it: "4 s", "12 m", "3 h", "2 d". */
export const span = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  if (seconds < 3_600) return t('{0} m', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('{0} h', Math.floor(seconds / 3_600));
  return t('{0} d', Math.floor(seconds / 86_400));
};

/** How long something ran: "840 ms", "12.4 s", "3 m 20 s". */
export const duration = (seconds: number): string => {
  if (seconds < 0.9995) return t('{0} ms', Math.round(seconds * 1_000));
  if (seconds < 60) return t('{0} s', seconds.toFixed(1));
  if (seconds < 3_600) return t('{0} m {1} s', Math.floor(seconds / 60), Math.floor(seconds % 60));
  return span(seconds * 1_000);
};

/** A moment of today as a clock shows it. */
export const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

/** "0.4 %", "12 %". */
export const percent = (share: number): string => {
  const value = share * 100;
  return t('{0} %', value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1));
};

/** What of it there is, as one description. */
export const joined = (...parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(' · ');

/** Enough of an id to tell it from its neighbours. */
export const shortId = (id: string): string => (id.length > 8 ? `${id.slice(0, 4)}…` : id);

const shownNames = 10;

/** So many names as one reads, and how many more there are. */
export const few = (names: readonly string[]): string =>
  names.length > shownNames
    ? t('{0} and {1} more', names.slice(0, shownNames).join(', '), count(names.length - shownNames))
    : names.join(', ');
