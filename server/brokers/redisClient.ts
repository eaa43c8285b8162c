import { createConnection } from 'node:net';
import { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import { addressOf, explainRedisError, type RedisPlace, type RedisStage } from './redisErrors.ts';
import type { RedisCredentials, RedisEndpoint, RedisTarget } from './redisTarget.ts';

export interface RedisClientOptions {
  readonly endpoint: RedisEndpoint;
  readonly target: RedisTarget;
  readonly credentials: RedisCredentials;
  readonly tls: RedisTarget['tls'];
  /** The database to select; `null` for a sentinel, which has none. */
  readonly db: number | null;
  readonly signal: AbortSignal;
}

const connectTimeoutMs = 8_000;

/**
 * Opens one connection for commands. It never reconnects by itself: a session has one life. Signing in and selecting
 * the database are our own steps, so that each failure can be told from the others.
 */
export const openRedisClient = async (options: RedisClientOptions): Promise<Redis> => {
  options.signal.throwIfAborted();
  const client = createClient(options);
  const abort = (): void => client.disconnect();
  options.signal.addEventListener('abort', abort);
  try {
    await connect(client, options);
    await signIn(client, options);
    return client;
  } catch (error) {
    client.disconnect();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
};

const createClient = ({ endpoint, tls }: RedisClientOptions): Redis =>
  new Redis({
    ...endpoint,
    ...(tls ? { tls: tls() } : {}),
    lazyConnect: true,
    protocol: 2,
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

/** ioredis rejects with "Connection is closed."; the reason it closed is in the event before. */
const connect = async (client: Redis, options: RedisClientOptions): Promise<void> => {
  let reason: unknown = null;
  client.on('error', (error) => {
    reason ??= error;
  });
  try {
    await client.connect();
  } catch (error) {
    if (options.tls && isTimeout(reason) && (await acceptsConnections(options)))
      throw noHandshake(options, reason ?? error);
    throw explainRedisError(reason ?? error, placeOf(options, 'connect'));
  }
};

/** A server without TLS does not refuse a handshake, it waits for the rest of what it takes for a command. */
const noHandshake = ({ endpoint }: RedisClientOptions, cause: unknown): CeleriacError =>
  new CeleriacError(
    'brokerTls',
    `${addressOf(endpoint)} takes connections but does not speak TLS. Use the TLS port of Redis, or a redis:// URL.`,
    { cause },
  );

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

const signIn = async (client: Redis, options: RedisClientOptions): Promise<void> => {
  const { user, password } = options.credentials;
  if (password !== null) {
    await step(options, 'authenticate', () => (user === null ? client.auth(password) : client.auth(user, password)));
  }
  const { db } = options;
  if (db !== null) await step(options, 'select', () => (db === 0 ? client.ping() : client.select(db)));
};

const step = async (options: RedisClientOptions, stage: RedisStage, run: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (stage === 'authenticate' && needsNoPassword(error)) return;
    throw explainRedisError(error, placeOf(options, stage));
  }
};

const placeOf = ({ endpoint, target }: RedisClientOptions, stage: RedisStage): RedisPlace => ({
  endpoint,
  target,
  stage,
});

/** A server without passwords refuses every password; it needs none, so that is no reason not to connect. */
const needsNoPassword = (error: unknown): boolean =>
  error instanceof Error && /no password is set|without any password configured/i.test(error.message);
