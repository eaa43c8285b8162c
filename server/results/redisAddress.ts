import { CeleriacError } from '../api/errors.ts';
import type { TlsOptions } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { type RedisTarget, readRedisTarget } from '../brokers/redisTarget.ts';
import { parseBrokerUrl, splitBrokerUrls } from '../brokers/url.ts';
import { inBackendWords } from './redisTrouble.ts';

export interface RedisAddressOptions {
  readonly url: string;
  readonly transportOptions: Readonly<Record<string, unknown>>;
  readonly tls?: TlsOptions;
}

/** Reads a result backend's URL; a broker's differs in one thing (celery/backends/redis.py: _params_from_url). */
export const readRedisAddress = ({ url, transportOptions, tls }: RedisAddressOptions): RedisTarget => {
  try {
    const target = readRedisTarget({
      id: 'results',
      name: 'results',
      url,
      transportOptions,
      ...(tls ? { tls } : {}),
      workerLostAfterMs: 0,
      maxTasks: 0,
    });
    const db = databaseInQuery(url);
    return db === null ? target : { ...target, naming: { ...target.naming, db } };
  } catch (error) {
    throw inBackendWords(error);
  }
};

/** Here the query overrides the path: redis://host?db=3. */
const databaseInQuery = (url: string): number | null => {
  const [first] = splitBrokerUrls(url);
  const text = first === undefined ? undefined : parseBrokerUrl(first).query['db'];
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  throw new CeleriacError('badRequest', phrase('result.badDatabase', { text }));
};
