import type { ConnectionOptions } from 'node:tls';
import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { asRecord } from '../celery/asRecord.ts';
import { readPem } from './readPem.ts';
import { type RedisNaming, readNaming } from './redisNames.ts';
import { type BrokerUrl, parseBrokerUrl, splitBrokerUrls } from './url.ts';

export interface RedisCredentials {
  readonly user: string | null;
  readonly password: string | null;
}

/** One server to speak to: by TCP or by a socket file. */
export type RedisEndpoint = { readonly host: string; readonly port: number } | { readonly path: string };

export interface RedisTarget extends RedisCredentials {
  readonly naming: RedisNaming;
  /** Tried in this order; with `sentinel` they are the sentinels, who know the server. */
  readonly endpoints: readonly RedisEndpoint[];
  readonly sentinel: RedisSentinelTarget | null;
  /** How to encrypt, `null` for not at all. Reads the files anew, so that a renewed certificate counts. */
  readonly tls: (() => ConnectionOptions) | null;
}

export interface RedisSentinelTarget extends RedisCredentials {
  readonly masterName: string;
  readonly tls: (() => ConnectionOptions) | null;
}

/** For telling where something went wrong. */
export const placeOf = ({ user, naming }: RedisTarget, endpoint: RedisEndpoint) => ({
  endpoint,
  user,
  db: naming.db,
  isSentinel: false,
});

/** Reads a connection as kombu would (kombu/connection.py, kombu/transport/redis.py: Channel._connparams). */
export const readRedisTarget = (config: ConnectionConfig): RedisTarget => {
  const urls = splitBrokerUrls(config.url).map((url) => parseBrokerUrl(url));
  const first = urls[0];
  if (!first) throw new CeleriacError('badRequest', phrase('connect.noUrl'));
  const options = config.transportOptions;
  const isSocket = first.scheme === 'redis+socket';
  return {
    naming: readNaming(options, readDb(isSocket ? (first.query['virtual_host'] ?? null) : first.path)),
    user: first.user ?? first.query['username'] ?? null,
    password: first.password ?? first.query['password'] ?? null,
    endpoints: urls.map((url) => (isSocket ? { path: `/${url.path ?? ''}` } : readAddress(url))),
    sentinel: first.scheme === 'sentinel' ? readSentinel(options) : null,
    tls: readTls(first, config),
  };
};

const readAddress = (url: BrokerUrl): RedisEndpoint => ({
  host: url.host ?? '127.0.0.1',
  port: url.port ?? (url.scheme === 'sentinel' ? 26379 : 6379),
});

const readDb = (path: string | null): number => {
  const text = (path ?? '').replace(/^\//, '');
  if (text === '') return 0;
  if (/^\d+$/.test(text)) return Number(text);
  throw new CeleriacError('badRequest', phrase('redis.badDatabase', { text }));
};

const readSentinel = (options: Readonly<Record<string, unknown>>): RedisSentinelTarget => {
  const masterName = options['master_name'];
  if (typeof masterName !== 'string' || masterName === '') {
    throw new CeleriacError('badRequest', phrase('sentinel.needsMaster'));
  }
  const kwargs = asRecord(options['sentinel_kwargs']);
  return {
    masterName,
    user: asText(kwargs['username']),
    password: asText(kwargs['password']),
    tls: kwargs['ssl'] ? () => readTlsFiles(kwargs) : null,
  };
};

/** TLS settings come from the URL's query and from Celery's `broker_use_ssl`; the latter wins, as in Celery. */
const readTls = (url: BrokerUrl, { tls }: ConnectionConfig): (() => ConnectionOptions) | null => {
  if (url.scheme === 'redis+socket' || (url.scheme !== 'rediss' && !tls)) return null;
  const settings = {
    ...url.query,
    ...(tls?.caFile ? { ssl_ca_certs: tls.caFile } : {}),
    ...(tls?.certFile ? { ssl_certfile: tls.certFile } : {}),
    ...(tls?.keyFile ? { ssl_keyfile: tls.keyFile } : {}),
    ...(tls?.verify === undefined ? {} : { ssl_cert_reqs: tls.verify ? 'required' : 'none' }),
  };
  return () => readTlsFiles(settings);
};

/** redis-py's names for it (redis/connection.py: SSLConnection), turned into Node's. */
const readTlsFiles = (settings: Readonly<Record<string, unknown>>): ConnectionOptions => {
  const reqs = String(settings['ssl_cert_reqs'] ?? 'required').toLowerCase();
  const checksHost = String(settings['ssl_check_hostname'] ?? 'true').toLowerCase() !== 'false';
  const read = (name: string) => {
    const file = asText(settings[name]);
    return file === null ? undefined : readPem(file);
  };
  const passphrase = asText(settings['ssl_password']);
  return {
    ca: read('ssl_ca_certs'),
    cert: read('ssl_certfile'),
    key: read('ssl_keyfile'),
    ...(passphrase === null ? {} : { passphrase }),
    rejectUnauthorized: !/none$/.test(reqs) && reqs !== '0' && reqs !== 'false',
    ...(checksHost ? {} : { checkServerIdentity: () => undefined }),
  };
};

const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
