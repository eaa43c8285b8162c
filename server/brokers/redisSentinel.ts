import { CeleriacError } from '../api/errors.ts';
import { openRedisClient } from './redisClient.ts';
import { addressOf, explainRedisError } from './redisErrors.ts';
import type { RedisEndpoint, RedisSentinelTarget, RedisTarget } from './redisTarget.ts';

/** Asks the sentinels, one after the other, which server is the master at present. */
export const findMaster = async (
  target: RedisTarget,
  sentinel: RedisSentinelTarget,
  signal: AbortSignal,
): Promise<RedisEndpoint> => {
  const failures: CeleriacError[] = [];
  for (const endpoint of target.endpoints) {
    try {
      const master = await askSentinel(endpoint, sentinel, signal);
      if (master) return master;
      failures.push(unknownMaster(endpoint, sentinel));
    } catch (error) {
      if (!(error instanceof CeleriacError)) throw error;
      failures.push(error);
    }
  }
  throw worst(failures);
};

const askSentinel = async (
  endpoint: RedisEndpoint,
  sentinel: RedisSentinelTarget,
  signal: AbortSignal,
): Promise<RedisEndpoint | null> => {
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
    if (!Array.isArray(answer)) return null;
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
    ? new CeleriacError(
        'brokerProtocol',
        `At ${addressOf(endpoint)} is no sentinel but a Redis. Use its sentinel's port, usually 26379, or a redis:// URL.`,
        { cause: error },
      )
    : explainRedisError(error, { endpoint, user, db: null, isSentinel: true });

const unknownMaster = (endpoint: RedisEndpoint, { masterName }: RedisSentinelTarget): CeleriacError =>
  new CeleriacError(
    'brokerMissing',
    `The sentinel at ${addressOf(endpoint)} knows no master named "${masterName}". Correct the transport option master_name.`,
  );

/** One sentinel that is down says less than another that answered "no". */
const worst = (failures: readonly CeleriacError[]): CeleriacError =>
  failures.find(({ code }) => code !== 'brokerUnreachable') ??
  failures[0] ??
  new CeleriacError('badRequest', 'The broker URL names no sentinel.');
