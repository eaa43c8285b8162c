import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import type { ServerInfo } from '../api/model.ts';
import type { ControlMessage } from '../celery/control.ts';
import { encodeControlEnvelope } from '../celery/envelope.ts';
import type { BrokerListener, BrokerSession } from './broker.ts';
import { addressOf, explainRedisError } from './redisErrors.ts';
import type { RedisEventSocket } from './redisEventSocket.ts';
import { mailboxChannel } from './redisNames.ts';
import { readCutOffs } from './redisServer.ts';
import { placeOf, type RedisEndpoint, type RedisTarget } from './redisTarget.ts';
import { cutSentence } from './socketErrors.ts';

const pulseMs = 2_500;
/** Four silent pulses make a dead connection: at most 12.5 s after the last sign of life. */
const silentPulsesAllowed = 4;

export interface RedisSessionParts {
  readonly target: RedisTarget;
  readonly endpoint: RedisEndpoint;
  readonly client: Redis;
  readonly events: RedisEventSocket;
  readonly listener: BrokerListener;
  readonly server: ServerInfo;
  /** How many slow readers Redis had cut off when the session began. */
  readonly cutOffs: number | null;
}

/** One life of a pair of connections: one hears the events, the other sends commands. It ends with either. */
export class RedisSession implements BrokerSession {
  readonly server: ServerInfo;
  readonly ended: Promise<Error | null>;
  private readonly parts: RedisSessionParts;
  private settle: (reason: Error | null) => void = () => undefined;
  private over = false;
  private silentPulses = 0;
  private commandsHeard = true;
  private readonly pulse: NodeJS.Timeout;

  constructor(parts: RedisSessionParts) {
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
      const place = { ...placeOf(target, endpoint), channel: { name: channel, verb: 'publish to' } as const };
      throw explainRedisError(error, place);
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

  private async eventsEnded(error: Error | null): Promise<void> {
    if (this.over) return;
    const { client, listener, cutOffs, endpoint, target, events } = this.parts;
    const now = await withTimeout(readCutOffs(client), 2_000);
    if (this.over) return;
    const loss = lossAtEnd({ cutOffs, now, isMidMessage: events.isMidMessage });
    if (loss) {
      listener.onLost(loss, null);
      this.end(new CeleriacError('brokerUnreachable', loss));
    } else {
      this.end(error ? explainRedisError(error, placeOf(target, endpoint)) : this.cut());
    }
  }

  private cut(): CeleriacError {
    return new CeleriacError('brokerUnreachable', cutSentence('Redis', addressOf(this.parts.endpoint)));
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

interface End {
  readonly cutOffs: number | null;
  readonly now: number | null;
  readonly isMidMessage: boolean;
}

/**
 * What was lost when Redis closed only the connection that hears events. It does that to a reader that is too slow and
 * counts it (since 7.2); before, a message that broke off tells.
 */
const lossAtEnd = ({ cutOffs, now, isMidMessage }: End): string | null => {
  if (cutOffs !== null && now !== null && now > cutOffs) {
    return 'Redis cut us off because events came faster than they could be read, and threw away those that waited.';
  }
  return isMidMessage
    ? 'Redis closed the event connection in the middle of a message, as it does when events come faster than they can be read; those that waited are lost.'
    : null;
};

const withTimeout = async <T>(work: Promise<T>, timeoutMs: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
