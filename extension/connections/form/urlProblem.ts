import { t } from '@vscode/l10n';
import { isPlaceholder } from '../placeholder.ts';

const schemes = ['redis', 'rediss', 'redis+socket', 'sentinel', 'amqp', 'amqps', 'pyamqp', 'librabbitmq', 'filesystem'];

/** Why a text cannot be a broker URL; null: it may be one. */
export const urlProblem = (text: string): string | null => {
  const url = text.trim();
  if (url === '') return t('Enter the URL of the broker.');
  if (isPlaceholder(url)) return null;
  if (!/^[\w+.-]+:\/\//.test(url)) return t('A broker URL starts with a scheme, such as redis:// or amqp://.');
  return problemIn(url, false);
};

/** Why no more typing makes this text a broker URL; null: it may still become one. */
export const urlProblemWhileTyping = (text: string): string | null => problemIn(text, true);

const problemIn = (text: string, isTyping: boolean): string | null => {
  for (const each of text.split(';')) {
    const [, scheme, place = '', path = ''] = /^\s*([\w+.-]+):\/\/([^/?#]*)([^?#]*)/.exec(each) ?? [];
    if (scheme === undefined) continue;
    const problem =
      schemeProblem(scheme.toLowerCase()) ?? portProblem(place, isTyping) ?? databaseProblem(scheme, path);
    if (problem !== null) return problem;
  }
  return null;
};

const schemeProblem = (scheme: string): string | null =>
  schemes.includes(scheme)
    ? null
    : t('{0}:// is not supported. Supported: Redis, RabbitMQ (AMQP) and filesystem.', scheme);

/** Behind a colon there may be a password as long as no @ has followed. */
const portProblem = (place: string, isTyping: boolean): string | null => {
  const host = place.slice(place.lastIndexOf('@') + 1);
  const port = /^(?:\[[^\]]*\]|[^:]*):([^:]*)$/.exec(host)?.[1];
  if (port === undefined || port === '' || port.includes('$')) return null;
  if (!/^\d+$/.test(port))
    return isTyping
      ? null
      : t('The port "{0}" is not a number. In a password, write / # ? @ and : percent-encoded.', port);
  return Number(port) >= 1 && Number(port) <= 65_535 ? null : t('Port {0} is out of range (1–65535).', port);
};

const databaseProblem = (scheme: string, path: string): string | null => {
  const database = /^rediss?$/i.test(scheme) ? path.slice(1) : '';
  return /^\d*\/?$/.test(database) || database.includes('$')
    ? null
    : t('The database "{0}" is not a number, such as 0 in redis://localhost:6379/0.', database);
};
