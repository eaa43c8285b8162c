import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { AmqpHost } from './amqpTarget.ts';

/** Something we do at the broker, and the right it needs (rabbitmq.com/docs/access-control). */
export interface Deed {
  /** Completes "The RabbitMQ user may not …". */
  readonly purpose: string;
  readonly right: 'configure' | 'write' | 'read';
  readonly resource: 'exchange' | 'queue';
  readonly name: string;
}

/** What our queues' names begin with; a pattern that grants it must not depend on the random rest. */
export const queuePrefix = 'celeryev.celeriac.';
export const replyPrefix = 'celeriac-';

const prefixOf = (name: string): string | undefined =>
  [queuePrefix, replyPrefix].find((prefix) => name.startsWith(prefix));

/** AMQP reply codes. */
export const accessRefused = 403;
export const notFound = 404;

/** The AMQP reply code of an error of amqplib, if it has one. */
export const replyCode = (error: unknown): number | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;

/** Does the deed; a refusal becomes a sentence that says which right is missing. */
export const withRight = async <T>(host: AmqpHost, deed: Deed, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    throw replyCode(error) === accessRefused ? explainMissingRight(host, deed, error) : error;
  }
};

/** Which right is missing, on what, why it is needed, and the pattern that grants it. */
export const explainMissingRight = (host: AmqpHost, deed: Deed, cause: unknown): CeleriacError => {
  const { right, resource } = deed;
  const prefix = prefixOf(deed.name);
  const name = prefix === undefined ? deed.name : `${prefix}*`;
  return new CeleriacError(
    'brokerPermission',
    phrase('amqp.noRight', {
      user: host.user,
      purpose: deed.purpose,
      right,
      resource,
      name,
      vhost: host.vhost,
      pattern: patternFor(deed.name),
    }),
    { cause },
  );
};

/** A topic exchange may be restricted further, by routing key. */
export const explainMissingTopic = (host: AmqpHost, exchange: string, cause: unknown): CeleriacError =>
  new CeleriacError('brokerPermission', phrase('amqp.noTopicRight', { user: host.user, exchange, vhost: host.vhost }), {
    cause,
  });

const patternFor = (name: string): string => {
  const prefix = prefixOf(name);
  return prefix === undefined ? `^${escapePattern(name)}$` : `^${escapePattern(prefix)}`;
};

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
