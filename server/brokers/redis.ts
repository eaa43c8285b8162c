import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { Broker, BrokerListener, BrokerSession } from './broker.ts';
import { withDeadline } from './deadline.ts';
import { loadRedis, openRedisClient } from './redisClient.ts';
import { addressOf } from './redisErrors.ts';
import { RedisEventSocket } from './redisEventSocket.ts';
import { pruneReplies } from './redisLeftovers.ts';
import { eventPattern } from './redisNames.ts';
import { findMaster } from './redisSentinel.ts';
import { readCutOffs, readRole, readServerInfo } from './redisServer.ts';
import { RedisSession } from './redisSession.ts';
import { type RedisEndpoint, type RedisTarget, readRedisTarget } from './redisTarget.ts';
import { cutPhrase } from './socketErrors.ts';
import { maskBrokerUrl } from './url.ts';

/** Redis and its kin, as kombu's `redis`, `rediss`, `redis+socket` and `sentinel` transports use them. */
export const createRedisBroker = (config: ConnectionConfig): Broker => {
  const target = readRedisTarget(config);
  return {
    kind: 'redis',
    maskedUrl: maskBrokerUrl(config.url),
    prepare: () => void loadRedis().catch(() => undefined),
    connect: (listener, signal) =>
      withDeadline(
        (until) => openSession(target, listener, until),
        signal,
        connectDeadlineMs,
        () => unanswered(target.endpoints, connectDeadlineMs),
      ),
  };
};

const connectDeadlineMs = 15_000;
const usualLargestMessage = 64 * 1024 * 1024;

const tooLargeSentence = (bytes: number): string =>
  `A message of ${Math.round(bytes / 1024 / 1024)} MB exceeds the memory limit for a message.`;

const unanswered = (endpoints: readonly RedisEndpoint[], waitedMs: number): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    phrase('redis.unanswered', { address: endpoints.map(addressOf).join(', '), waited: Math.round(waitedMs / 1000) }),
  );

const openSession = async (
  target: RedisTarget,
  listener: BrokerListener,
  signal: AbortSignal,
): Promise<BrokerSession> => {
  const { client, endpoint } = await openCommands(target, signal);
  const abort = (): void => client.disconnect();
  signal.addEventListener('abort', abort);
  try {
    if (target.sentinel) await checkMaster(client, endpoint);
    const pruning = pruneReplies(client, target.naming).catch(() => undefined);
    const server = await readServerInfo(client);
    const cutOffs = await readCutOffs(client);
    const events = await RedisEventSocket.open({
      endpoint,
      target,
      pattern: eventPattern(target.naming),
      onMessage: (bytes) => listener.onDelivery({ kind: 'envelope', bytes }),
      largestMessage: listener.largestMessage ?? usualLargestMessage,
      onTooLarge: (bytes) => listener.onLost(tooLargeSentence(bytes), 1),
      signal,
    });
    await pruning;
    if (signal.aborted || client.status !== 'ready') {
      events.close();
      throw new CeleriacError('brokerUnreachable', cutPhrase('Redis', addressOf(endpoint)));
    }
    return new RedisSession({ target, endpoint, client, events, listener, server, cutOffs });
  } catch (error) {
    client.disconnect();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

const openCommands = async (
  target: RedisTarget,
  signal: AbortSignal,
): Promise<{ client: Redis; endpoint: RedisEndpoint }> => {
  const open = (endpoint: RedisEndpoint, until: AbortSignal): Promise<Redis> =>
    openRedisClient({ endpoint, credentials: target, tls: target.tls, db: target.naming.db, signal: until });
  if (target.sentinel) {
    const endpoint = await findMaster(target, target.sentinel, signal);
    return { client: await open(endpoint, signal), endpoint };
  }
  return openFirst(target.endpoints, open, signal);
};

/** Just after a failover the sentinels may still name a server that has become a replica. */
const checkMaster = async (client: Redis, endpoint: RedisEndpoint): Promise<void> => {
  if ((await readRole(client)) !== 'slave') return;
  throw new CeleriacError('brokerUnreachable', phrase('redis.notMaster', { address: addressOf(endpoint) }));
};

/** kombu takes the first of several URLs that works; when none does, the first failure is the one to tell. */
const openFirst = async (
  endpoints: readonly RedisEndpoint[],
  open: (endpoint: RedisEndpoint, until: AbortSignal) => Promise<Redis>,
  signal: AbortSignal,
): Promise<{ client: Redis; endpoint: RedisEndpoint }> => {
  let failure: unknown = null;
  const shareMs = connectDeadlineMs / (endpoints.length + 0.5);
  for (const endpoint of endpoints) {
    const share = AbortSignal.timeout(shareMs);
    try {
      return { client: await open(endpoint, AbortSignal.any([signal, share])), endpoint };
    } catch (error) {
      failure ??= share.aborted ? unanswered([endpoint], shareMs) : error;
    }
  }
  throw failure;
};
