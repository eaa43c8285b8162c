import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { BrokerProbe, ProbeTarget } from './probe.ts';
import { createRedisBroker } from './redis.ts';
import { openRedisClient } from './redisClient.ts';
import { addressOf } from './redisErrors.ts';
import { findMaster } from './redisSentinel.ts';
import { type RedisEndpoint, type RedisTarget, readRedisTarget } from './redisTarget.ts';

/** With sentinels, the way first leads to one of them. */
export const createRedisProbe = (config: ConnectionConfig): BrokerProbe => {
  const target = readRedisTarget(config);
  const { sentinel } = target;
  const toTarget = (endpoint: RedisEndpoint): ProbeTarget => ({
    product: sentinel ? 'the Redis sentinel' : 'Redis',
    address: addressOf(endpoint),
    endpoint,
    tls: sentinel ? sentinel.tls : target.tls,
  });
  return {
    broker: createRedisBroker(config),
    targets: target.endpoints.map(toTarget),
    place: phrase('test.database', { db: target.naming.db }),
    encryptedScheme: 'rediss',
    enter: (chosen, signal) => enter(target, chosen, signal),
  };
};

const enter = async (target: RedisTarget, chosen: ProbeTarget | null, signal: AbortSignal): Promise<void> => {
  const endpoint = target.sentinel ? await findMaster(target, target.sentinel, signal) : chosen?.endpoint;
  if (!endpoint) return;
  const { tls, naming } = target;
  const client = await openRedisClient({ endpoint, credentials: target, tls, db: naming.db, signal });
  client.disconnect();
};
