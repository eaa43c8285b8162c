import type { BrokerSource } from '../api/discovery.ts';
import type { Value } from './evaluate.ts';
import { foreignScheme, isBrokerUrl } from './roles.ts';

/** A broker as one place names it. */
export interface Candidate {
  readonly url: string;
  readonly resultBackend: string | null;
  readonly transportOptions: Readonly<Record<string, unknown>>;
  readonly sources: readonly BrokerSource[];
  readonly certainty: 'settings' | 'likely';
}

/** The broker URL that a value is; Celery also takes a list of them. Null: it is none that can be spoken to. */
export const brokerUrlOf = (value: Value | undefined): string | null => {
  if (Array.isArray(value)) {
    const urls = value.filter((each) => typeof each === 'string').filter(isBrokerUrl);
    return urls.length > 0 ? urls.join(';') : null;
  }
  return typeof value === 'string' && isBrokerUrl(value) ? withoutEmptyLogin(value) : null;
};

/** `redis://:@host`: what is left where a password was to be filled in and is empty. */
const withoutEmptyLogin = (url: string): string => url.replace(/:\/\/:?@/, '://');

/** Why a value that was found is no broker to connect to; null: there is nothing to say. */
export const whyNot = (value: Value | undefined): string | null => {
  const scheme = typeof value === 'string' ? foreignScheme(value) : null;
  return scheme === null || scheme === 'memory' ? null : `A "${scheme}" broker is not supported.`;
};

/** A result backend that can be read: a URL, not a word such as "rpc". */
export const resultBackendOf = (value: Value | undefined): string | null =>
  typeof value === 'string' && /^(?!memory|rpc)[a-z][\w+.-]*:\/\//i.test(value) ? withoutEmptyLogin(value) : null;
