import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { openRedisClient } from '../brokers/redisClient.ts';
import { addressOf, explainRedisError, type RedisPlace } from '../brokers/redisErrors.ts';
import { findMaster } from '../brokers/redisSentinel.ts';
import type { RedisEndpoint, RedisTarget } from '../brokers/redisTarget.ts';
import { cutPhrase } from '../brokers/socketErrors.ts';
import { within } from '../waits/within.ts';
import { inBackendWords } from './redisTrouble.ts';

export interface RedisLine {
  readonly client: Redis;
  readonly endpoint: RedisEndpoint;
}

const answerDeadlineMs = 10_000;

/** One connection that opens when it is needed, and again when it was cut. */
export class RedisConnection {
  private readonly target: RedisTarget;
  private readonly closing = new AbortController();
  private line: Promise<RedisLine> | null = null;

  constructor(target: RedisTarget) {
    this.target = target;
  }

  /** Runs commands that only read. Those that meet a connection cut in the meantime run once more on a new one. */
  async read<T>(commands: (client: Redis) => Promise<T>): Promise<T> {
    const isReused = this.line !== null;
    const line = await this.open();
    try {
      return await this.withDeadline(line, commands(line.client));
    } catch (error) {
      if (isReused && line.client.status === 'end' && !this.closing.signal.aborted) return this.read(commands);
      throw this.explain(error, line);
    }
  }

  explain(error: unknown, { endpoint }: RedisLine, channel?: RedisPlace['channel']): unknown {
    const { user, naming } = this.target;
    const place = { endpoint, user, db: naming.db, isSentinel: false, ...(channel ? { channel } : {}) };
    return inBackendWords(explainRedisError(error, place));
  }

  /** For as long as nobody needs it; the next `open` connects anew. */
  hangUp(): void {
    const { line } = this;
    this.line = null;
    line?.then(({ client }) => client.disconnect()).catch(() => undefined);
  }

  close(): void {
    this.closing.abort();
    this.hangUp();
  }

  /** The open connection, or a new one. */
  open(): Promise<RedisLine> {
    if (this.closing.signal.aborted) return Promise.reject(new CeleriacError('cancelled', phrase('result.closed')));
    if (this.line) return this.line;
    const line = this.connect();
    this.line = line;
    const forget = (): void => {
      if (this.line === line) this.line = null;
    };
    line.then(({ client }) => (client.status === 'end' ? forget() : client.once('end', forget)), forget);
    return line;
  }

  private async connect(): Promise<RedisLine> {
    const deadline = AbortSignal.timeout(answerDeadlineMs);
    const signal = AbortSignal.any([this.closing.signal, deadline]);
    try {
      return await openAny(this.target, signal);
    } catch (error) {
      if (this.closing.signal.aborted) throw new CeleriacError('cancelled', phrase('result.closed'), { cause: error });
      throw inBackendWords(deadline.aborted ? this.silent(this.target.endpoints) : error);
    }
  }

  private async withDeadline<T>({ client, endpoint }: RedisLine, work: Promise<T>): Promise<T> {
    return within(work, answerDeadlineMs, () => {
      client.disconnect();
      throw this.silent([endpoint]);
    });
  }

  private silent(endpoints: readonly RedisEndpoint[]): CeleriacError {
    const where = endpoints.map(addressOf).join(', ');
    return new CeleriacError(
      'brokerUnreachable',
      phrase('redis.unanswered', { address: where, waited: answerDeadlineMs / 1000 }),
    );
  }
}

export const cutOff = ({ endpoint }: RedisLine): unknown =>
  inBackendWords(new CeleriacError('brokerUnreachable', cutPhrase('Redis', addressOf(endpoint))));

const openAny = async (target: RedisTarget, signal: AbortSignal): Promise<RedisLine> => {
  const open = async (endpoint: RedisEndpoint): Promise<RedisLine> => ({
    client: await openRedisClient({
      endpoint,
      credentials: target,
      tls: target.tls,
      db: target.naming.db,
      signal,
    }),
    endpoint,
  });
  if (target.sentinel) return open(await findMaster(target, target.sentinel, signal));
  const [endpoint] = target.endpoints;
  if (!endpoint) throw new CeleriacError('badRequest', phrase('result.noUrl'));
  return open(endpoint);
};
