import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig, ServerInfo } from '../api/model.ts';
import type { ControlMessage } from '../celery/control.ts';
import { encodeControlEnvelope } from '../celery/envelope.ts';
import type { Broker, BrokerListener, BrokerSession } from './broker.ts';
import { withDeadline } from './deadline.ts';
import { openRedisClient } from './redisClient.ts';
import { addressOf, explainRedisError } from './redisErrors.ts';
import { RedisEventSocket } from './redisEventSocket.ts';
import { eventPattern, mailboxChannel } from './redisNames.ts';
import { findMaster } from './redisSentinel.ts';
import { readCutOffs, readRole, readServerInfo } from './redisServer.ts';
import { type RedisEndpoint, type RedisTarget, readRedisTarget } from './redisTarget.ts';
import { maskBrokerUrl } from './url.ts';

/** Redis and its kin, as kombu's `redis`, `rediss`, `redis+socket` and `sentinel` transports use them. */
export const createRedisBroker = (config: ConnectionConfig): Broker => {
  const target = readRedisTarget(config);
  return {
    kind: 'redis',
    maskedUrl: maskBrokerUrl(config.url),
    connect: (listener, signal) =>
      withDeadline(
        (until) => openSession(target, listener, until),
        signal,
        connectDeadlineMs,
        () => unanswered(target),
      ),
  };
};

const connectDeadlineMs = 15_000;
const pulseMs = 2_500;
/** Four silent pulses make a dead connection: at most 12.5 s after the last sign of life. */
const silentPulsesAllowed = 4;

const unanswered = (target: RedisTarget): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    `Redis at ${target.endpoints.map(addressOf).join(', ')} did not answer within ${connectDeadlineMs / 1000} s. Look whether it is overloaded, stopped, or no Redis at all.`,
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
    const server = await readServerInfo(client);
    const cutOffs = await readCutOffs(client);
    const events = await RedisEventSocket.open({
      endpoint,
      target,
      pattern: eventPattern(target.naming),
      onMessage: (bytes) => listener.onDelivery({ kind: 'envelope', bytes }),
      signal,
    });
    if (signal.aborted) events.close();
    signal.throwIfAborted();
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
  const open = (endpoint: RedisEndpoint): Promise<Redis> =>
    openRedisClient({ endpoint, target, credentials: target, tls: target.tls, db: target.naming.db, signal });
  if (target.sentinel) {
    const endpoint = await findMaster(target, target.sentinel, signal);
    const client = await open(endpoint);
    if ((await readRole(client)) !== 'slave') return { client, endpoint };
    client.disconnect();
    throw new CeleriacError(
      'brokerUnreachable',
      `Redis at ${addressOf(endpoint)} is not the master (yet): the sentinels are still failing over.`,
    );
  }
  return openFirst(target.endpoints, open);
};

/** kombu takes the first of several URLs that works; when none does, the first failure is the one to tell. */
const openFirst = async (
  endpoints: readonly RedisEndpoint[],
  open: (endpoint: RedisEndpoint) => Promise<Redis>,
): Promise<{ client: Redis; endpoint: RedisEndpoint }> => {
  let failure: unknown = null;
  for (const endpoint of endpoints) {
    try {
      return { client: await open(endpoint), endpoint };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
};

interface SessionParts {
  readonly target: RedisTarget;
  readonly endpoint: RedisEndpoint;
  readonly client: Redis;
  readonly events: RedisEventSocket;
  readonly listener: BrokerListener;
  readonly server: ServerInfo;
  /** How many slow readers Redis had cut off when the session began. */
  readonly cutOffs: number | null;
}

class RedisSession implements BrokerSession {
  readonly server: ServerInfo;
  readonly ended: Promise<Error | null>;
  private readonly parts: SessionParts;
  private settle: (reason: Error | null) => void = () => undefined;
  private over = false;
  private silentPulses = 0;
  private commandsHeard = true;
  private readonly pulse: NodeJS.Timeout;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.server = parts.server;
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
    parts.client.once('end', () => this.end(this.cut()));
    parts.events.ended.then((error) => this.eventsEnded(error));
    this.pulse = setInterval(() => this.beat(), pulseMs);
  }

  async broadcast(command: ControlMessage): Promise<number> {
    const { target, endpoint, client } = this.parts;
    const channel = mailboxChannel(target.naming);
    const envelope = encodeControlEnvelope(command, {
      exchange: 'celery.pidbox',
      routingKey: '',
      deliveryTag: randomUUID(),
    });
    try {
      return await client.publish(channel, envelope);
    } catch (error) {
      if (this.over) throw this.cut();
      throw explainRedisError(error, { endpoint, target, stage: 'publish', object: channel });
    }
  }

  async close(): Promise<void> {
    this.end(null);
  }

  private end(reason: Error | null): void {
    if (this.over) return;
    this.over = true;
    clearInterval(this.pulse);
    this.parts.events.close();
    this.parts.client.disconnect();
    this.settle(reason);
  }

  /** A sign of life from both connections, or the end: a socket whose other side is gone looks open for hours. */
  private beat(): void {
    const { client, events } = this.parts;
    this.silentPulses = events.heard && this.commandsHeard ? 0 : this.silentPulses + 1;
    if (this.silentPulses >= silentPulsesAllowed) {
      this.end(this.silence());
      return;
    }
    events.heard = false;
    this.commandsHeard = false;
    events.ping();
    client.ping().then(
      () => {
        this.commandsHeard = true;
      },
      () => undefined,
    );
  }

  /** Redis closes only the subscriber when that read too slowly; its statistics tell. */
  private async eventsEnded(error: Error | null): Promise<void> {
    if (this.over) return;
    const { client, listener, cutOffs, endpoint, target } = this.parts;
    const now = await withTimeout(readCutOffs(client), 2_000);
    if (this.over) return;
    if (now !== null && cutOffs !== null && now > cutOffs) {
      const reason = 'Redis cut us off because events came faster than they were read, and threw away what was waiting';
      listener.onLost(`${reason}.`, null);
      return this.end(new CeleriacError('brokerUnreachable', `${reason}. Connecting again.`));
    }
    this.end(error ? explainRedisError(error, { endpoint, target, stage: 'live' }) : this.cut());
  }

  private cut(): CeleriacError {
    const where = addressOf(this.parts.endpoint);
    return new CeleriacError(
      'brokerUnreachable',
      `The connection to Redis at ${where} was cut. Look whether the server is running and in its log.`,
    );
  }

  private silence(): CeleriacError {
    const where = addressOf(this.parts.endpoint);
    const seconds = Math.round((pulseMs * silentPulsesAllowed) / 1000);
    return new CeleriacError(
      'brokerUnreachable',
      `Redis at ${where} has been silent for ${seconds} s though the connection looks open. Look whether it hangs or the network is down.`,
    );
  }
}

const withTimeout = async <T>(work: Promise<T>, timeoutMs: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
