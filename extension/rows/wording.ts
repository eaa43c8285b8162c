import { t } from '@vscode/l10n';
import { count } from '../../server/api/figures.ts';

export { age as span, count, duration, percent } from '../../server/api/figures.ts';

export const workersWord = (n: number): string => (n === 1 ? t('1 worker') : t('{0} workers', count(n)));
export const queuesWord = (n: number): string => (n === 1 ? t('1 queue') : t('{0} queues', count(n)));
export const consumersWord = (n: number): string => (n === 1 ? t('1 consumer') : t('{0} consumers', count(n)));
export const tasksWord = (n: number): string => (n === 1 ? t('1 task') : t('{0} tasks', count(n)));
export const messagesWord = (n: number): string => (n === 1 ? t('1 message') : t('{0} messages', count(n)));
export const alertsWord = (n: number): string => (n === 1 ? t('1 alert') : t('{0} alerts', count(n)));
export const failureKindsWord = (n: number): string =>
  n === 1 ? t('1 kind of failure') : t('{0} kinds of failures', count(n));

/** A moment of today as a clock shows it. */
export const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

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
