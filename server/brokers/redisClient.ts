import { createConnection } from 'node:net';
import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { unlessAborted } from '../waits/unlessAborted.ts';
import { addressOf, explainRedisError } from './redisErrors.ts';
import type { RedisCredentials, RedisEndpoint, RedisTarget } from './redisTarget.ts';

export interface RedisClientOptions {
  readonly endpoint: RedisEndpoint;
  readonly credentials: RedisCredentials;
  readonly tls: RedisTarget['tls'];
  /** The database to select; `null` for a sentinel, which has none. */
  readonly db: number | null;
  readonly signal: AbortSignal;
}

const connectTimeoutMs = 8_000;

/** Loaded for the first connection: a window that watches another broker, or none, does not carry the library. */
export const loadRedis = () => import('ioredis');

/**
 * Opens one connection for commands. It never reconnects by itself: a session has one life. Signing in and selecting
 * the database are our own steps, so that each failure can be told from the others.
 */
export const openRedisClient = async (options: RedisClientOptions): Promise<Redis> => {
  const { Redis } = await loadRedis();
  options.signal.throwIfAborted();
  const client = new Redis(redisOptions(options));
  let reason: unknown = null;
  client.on('error', (error) => {
    reason ??= error;
  });
  const abort = (): void => client.disconnect();
  options.signal.addEventListener('abort', abort);
  try {
    // A name that is being looked up cannot be interrupted, and ioredis waits for it whatever happens.
    await unlessAborted(connect(client, options), options.signal, () => Promise.reject(options.signal.reason));
    return client;
  } catch (error) {
    client.disconnect();
    // ioredis rejects with "Connection is closed."; the reason it closed is in the event before.
    throw await explain(isReply(error) ? error : (reason ?? error), options);
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
};

const redisOptions = ({ endpoint, tls }: RedisClientOptions) => ({
  ...endpoint,
  ...(tls ? { tls: tls() } : {}),
  lazyConnect: true,
  protocol: 2 as const,
  connectTimeout: connectTimeoutMs,
  retryStrategy: null,
  reconnectOnError: null,
  maxRetriesPerRequest: null,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  disableClientInfo: true,
});

const connect = async (client: Redis, options: RedisClientOptions): Promise<void> => {
  await client.connect();
  await signIn(client, options);
};

const signIn = async (client: Redis, { credentials, db }: RedisClientOptions): Promise<void> => {
  const { user, password } = credentials;
  if (password !== null) {
    const signedIn = user === null ? client.auth(password) : client.auth(user, password);
    await signedIn.catch((error: unknown) => {
      if (!needsNoPassword(error)) throw error;
    });
  }
  if (db === 0) await client.ping();
  else if (db !== null) await client.select(db);
};

const explain = async (error: unknown, options: RedisClientOptions): Promise<CeleriacError> => {
  if (options.tls && isTimeout(error) && (await acceptsConnections(options))) return noHandshake(options, error);
  const { endpoint, credentials, db } = options;
  return explainRedisError(error, { endpoint, user: credentials.user, db, isSentinel: db === null });
};

const isReply = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** A server without TLS does not refuse a handshake, it waits for the rest of what it takes for a command. */
const noHandshake = ({ endpoint }: RedisClientOptions, cause: unknown): CeleriacError =>
  new CeleriacError('brokerTls', phrase('redis.noTls', { address: addressOf(endpoint) }), { cause });

const isTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';

const acceptsConnections = ({ endpoint, signal }: RedisClientOptions): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection({ ...endpoint, signal, timeout: connectTimeoutMs });
    const done = (isOpen: boolean): void => {
      probe.destroy();
      resolve(isOpen);
    };
    probe.once('connect', () => done(true));
    probe.once('timeout', () => done(false));
    probe.on('error', () => done(false));
  });

/** A server without passwords refuses every password; it needs none, so that is no reason not to connect. */
const needsNoPassword = (error: unknown): boolean =>
  error instanceof Error && /no password is set|without any password configured/i.test(error.message);
