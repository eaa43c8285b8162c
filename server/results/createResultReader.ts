import type { TlsOptions } from '../api/model.ts';
import { maskBrokerUrl } from '../brokers/url.ts';
import { createFileResults } from './fileResults.ts';
import { createRedisResults } from './redisResults.ts';
import { type ResultReader, readerOf } from './resultReader.ts';
import type { ResultStore } from './resultStore.ts';
import { createSqliteResults } from './sqliteResults.ts';
import { unsupportedBackend } from './unsupportedBackend.ts';

export interface ResultReaderOptions {
  /** Celery's `result_backend`. */
  readonly url: string;
  /** Celery's `result_backend_transport_options`. */
  readonly transportOptions?: Readonly<Record<string, unknown>>;
  /** Celery's `redis_backend_use_ssl`. */
  readonly tls?: TlsOptions;
  /** Where a relative path in the URL starts: the folder in which the workers were started. */
  readonly folder?: string;
}

/** The reader for a result backend. Throws a `CeleriacError` for one that cannot be read; opens nothing yet. */
export const createResultReader = (options: ResultReaderOptions): ResultReader =>
  readerOf(storeFor(options), maskBrokerUrl(options.url));

const storeFor = ({ url, transportOptions = {}, tls, folder }: ResultReaderOptions): ResultStore => {
  const place = { url, transportOptions, ...(folder === undefined ? {} : { folder }) };
  if (/^(?:rediss?|redis\+socket|sentinel):\/\//i.test(url)) {
    return createRedisResults({ url, transportOptions, ...(tls ? { tls } : {}) });
  }
  if (/^file:\/\/./i.test(url)) return createFileResults(place);
  if (/^(?:(?:db|database|django-db)\+)?sqlite(?:\+\w+)?:\/\//i.test(url)) return createSqliteResults(place);
  throw unsupportedBackend(url);
};
