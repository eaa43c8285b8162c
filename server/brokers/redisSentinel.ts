import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { openRedisClient } from './redisClient.ts';
import { addressOf, explainRedisError } from './redisErrors.ts';
import type { RedisEndpoint, RedisSentinelTarget, RedisTarget } from './redisTarget.ts';

/** Asks all sentinels at once which server is the master: in a failover some of them are often gone as well. */
export const findMaster = async (
  { endpoints }: RedisTarget,
  sentinel: RedisSentinelTarget,
  signal: AbortSignal,
): Promise<RedisEndpoint> => {
  const answered = new AbortController();
  const either = AbortSignal.any([signal, answered.signal]);
  try {
    return await Promise.any(endpoints.map((endpoint) => askSentinel(endpoint, sentinel, either)));
  } catch (error) {
    throw error instanceof AggregateError ? mostSpecific(error.errors) : error;
  } finally {
    answered.abort();
  }
};

const askSentinel = async (
  endpoint: RedisEndpoint,
  sentinel: RedisSentinelTarget,
  signal: AbortSignal,
): Promise<RedisEndpoint> => {
  const client = await openRedisClient({
    endpoint,
    credentials: sentinel,
    tls: sentinel.tls,
    db: null,
    signal,
  });
  const abort = (): void => client.disconnect();
  signal.addEventListener('abort', abort);
  try {
    const answer = await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', sentinel.masterName);
    if (!Array.isArray(answer)) throw unknownMaster(endpoint, sentinel);
    return { host: String(answer[0]), port: Number(answer[1]) };
  } catch (error) {
    throw explainAnswer(error, endpoint, sentinel);
  } finally {
    signal.removeEventListener('abort', abort);
    client.disconnect();
  }
};

const explainAnswer = (error: unknown, endpoint: RedisEndpoint, { user }: RedisSentinelTarget): CeleriacError =>
  error instanceof Error && /unknown command/i.test(error.message)
    ? new CeleriacError('brokerProtocol', phrase('sentinel.isRedis', { address: addressOf(endpoint) }), {
        cause: error,
      })
    : explainRedisError(error, { endpoint, user, db: null, isSentinel: true });

const unknownMaster = (endpoint: RedisEndpoint, { masterName }: RedisSentinelTarget): CeleriacError =>
  new CeleriacError('brokerMissing', phrase('sentinel.noMaster', { address: addressOf(endpoint), master: masterName }));

/** A sentinel that is down says less than another that answered "no". */
const mostSpecific = (failures: readonly unknown[]): unknown =>
  failures.find((failure) => failure instanceof CeleriacError && failure.code !== 'brokerUnreachable') ?? failures[0];
