import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { CeleriacError } from '../api/errors.ts';
import type { BrokerOverview, QueueDepth, ServerInfo } from '../api/model.ts';
import type { PeekedQueue } from '../api/peek.ts';
import { inWords, type Phrase, phrase, worded } from '../api/phrase.ts';
import type { ControlMessage } from '../celery/control.ts';
import type { ReceivedReply } from '../celery/controlReply.ts';
import { encodeControlEnvelope } from '../celery/envelope.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';
import { within } from '../waits/within.ts';
import type { BrokerListener, BrokerSession, ReplyBox } from './broker.ts';
import { readBindings } from './redisBindings.ts';
import { addressOf, explainRedisError, fullPhrase, type RedisPlace } from './redisErrors.ts';
import type { RedisEventSocket } from './redisEventSocket.ts';
import { bindingKey, mailboxChannel } from './redisNames.ts';
import { RedisQueues } from './redisQueues.ts';
import { RedisReplies } from './redisReplies.ts';
import { readCutOffs, readIsFull } from './redisServer.ts';
import { placeOf, type RedisEndpoint, type RedisTarget } from './redisTarget.ts';
import { publishTask } from './redisTasks.ts';
import { cutPhrase } from './socketErrors.ts';

const pulseMs = 2_500;
/** Four silent pulses make a dead connection: at most 12.5 s after the last sign of life. */
const silentPulsesAllowed = 4;
/** A server that no longer answers cannot be tidied up. */
const tidyLimitMs = 2_000;

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

/** One life of two connections, one for events and one for commands, and a third for replies. It ends with any. */
export class RedisSession implements BrokerSession {
  readonly peekingTouches = null;
  readonly server: ServerInfo;
  readonly resumed = false;
  readonly ended: Promise<Error | null>;
  private readonly parts: RedisSessionParts;
  private readonly queues: RedisQueues;
  private readonly boxes = new Set<RedisReplies>();
  private readonly opening = new Set<Promise<unknown>>();
  private readonly leaving = new AbortController();
  private settle: (reason: Error | null) => void = () => undefined;
  private gone: Promise<void> | null = null;
  private silentPulses = 0;
  private commandsHeard = true;
  private readonly pulse: NodeJS.Timeout;

  constructor(parts: RedisSessionParts) {
    this.parts = parts;
    this.server = parts.server;
    this.queues = new RedisQueues(parts.client, parts.target.naming);
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
    parts.client.once('end', () => void this.end(this.cut()));
    parts.events.ended.then((error) => this.eventsEnded(error));
    this.pulse = setInterval(() => this.beat(), pulseMs);
  }

  async broadcast(command: ControlMessage): Promise<number> {
    const envelope = encodeControlEnvelope(command, {
      exchange: 'celery.pidbox',
      routingKey: '',
      deliveryTag: randomUUID(),
    });
    return this.speak((client) => client.publish(this.channel, envelope));
  }

  async openReplies(onReply: (reply: ReceivedReply) => void): Promise<ReplyBox> {
    const box = await this.speak(() => this.openBox(onReply), '*.reply.celery.pidbox*');
    return {
      ask: (command, ticket, expiresAt) =>
        this.speak(() => box.ask(command, ticket, expiresAt), bindingKey(this.parts.target.naming, '*')),
    };
  }

  async mailboxNames(): Promise<readonly string[]> {
    const { naming } = this.parts.target;
    const bindings = await this.speak(
      (client) => readBindings(client, naming, 'celery.pidbox'),
      bindingKey(naming, 'celery.pidbox'),
    );
    return bindings.map(({ queue }) => queue.replace(/\.celery\.pidbox$/, '')).sort();
  }

  /** There is nothing to tell beyond what is told elsewhere. */
  async overview(): Promise<BrokerOverview> {
    const isFull = await this.speak(readIsFull);
    const alarms = isFull ? [worded(fullPhrase(this.parts.endpoint))] : [];
    return { alarms: isFull === null ? null : alarms, blockedConnections: null, missing: null };
  }

  async queueNames(): Promise<readonly string[]> {
    return this.speak(() => this.queues.names(), bindingKey(this.parts.target.naming, '*'));
  }

  async queueDepths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    return this.speak(() => this.queues.depths(names), '*');
  }

  async publish(message: TaskMessage): Promise<void> {
    const { naming } = this.parts.target;
    await this.speak((client) => publishTask(client, naming, message), `${naming.globalKeyPrefix}${message.queue}*`);
  }

  async purge(queue: string): Promise<number> {
    return this.speak(() => this.queues.purge(queue), `${this.parts.target.naming.globalKeyPrefix}${queue}*`);
  }

  async peek(queue: string, limit: number): Promise<PeekedQueue> {
    const keys = `${this.parts.target.naming.globalKeyPrefix}${queue}*`;
    return { messages: await this.speak(() => this.queues.peek(queue, limit), keys), touched: null };
  }

  async close(): Promise<void> {
    await this.end(null);
  }

  private get channel(): string {
    return mailboxChannel(this.parts.target.naming);
  }

  /** Does something with Redis, for which it needs these keys; a failure becomes a sentence. */
  private async speak<T>(work: (client: Redis) => Promise<T>, keys?: string): Promise<T> {
    const { target, endpoint, client } = this.parts;
    if (this.gone) throw this.cut();
    try {
      return await work(client);
    } catch (error) {
      if (this.gone) throw this.cut();
      const channel = { name: this.channel, verb: 'publish to' } as const;
      const place: RedisPlace = { ...placeOf(target, endpoint), channel, ...(keys === undefined ? {} : { keys }) };
      throw explainRedisError(error, place);
    }
  }

  private async openBox(onReply: (reply: ReceivedReply) => void): Promise<RedisReplies> {
    const opening = RedisReplies.open({
      ...this.parts,
      onReply,
      onEnd: (error) => void this.end(explainRedisError(error, placeOf(this.parts.target, this.parts.endpoint))),
      signal: this.leaving.signal,
    }).then((box) => {
      this.boxes.add(box);
      return box;
    });
    this.opening.add(opening);
    return opening.finally(() => this.opening.delete(opening));
  }

  private end(reason: Error | null): Promise<void> {
    this.gone ??= this.leave(reason);
    return this.gone;
  }

  private async leave(reason: Error | null): Promise<void> {
    clearInterval(this.pulse);
    this.parts.events.close();
    this.leaving.abort();
    if (reason) this.settle(reason);
    await within(this.tidy(), tidyLimitMs, () => null);
    for (const box of this.boxes) box.abandon();
    this.parts.client.disconnect();
    this.settle(reason);
  }

  private async tidy(): Promise<void> {
    await Promise.allSettled(this.opening);
    await Promise.allSettled([...this.boxes].map((box) => box.close()));
  }

  /** A sign of life from every connection, or the end: a socket whose other side is gone looks open for hours. */
  private beat(): void {
    const { client, events } = this.parts;
    const hearers = [events, ...this.boxes];
    const isAlive = this.commandsHeard && hearers.every((hearer) => hearer.heard);
    this.silentPulses = isAlive ? 0 : this.silentPulses + 1;
    if (this.silentPulses >= silentPulsesAllowed) {
      void this.end(this.silence());
      return;
    }
    for (const hearer of hearers) hearer.heard = false;
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
    if (this.gone) return;
    const { client, listener, cutOffs, endpoint, target, events } = this.parts;
    const now = await within(readCutOffs(client), 2_000, () => null);
    if (this.gone) return;
    const loss = lossAtEnd({ cutOffs, now, isMidMessage: events.isMidMessage });
    if (loss) {
      listener.onLost(inWords(loss), null);
      void this.end(new CeleriacError('brokerUnreachable', loss));
    } else {
      void this.end(error ? explainRedisError(error, placeOf(target, endpoint)) : this.cut());
    }
  }

  private cut(): CeleriacError {
    return new CeleriacError('brokerUnreachable', cutPhrase('Redis', addressOf(this.parts.endpoint)));
  }

  private silence(): CeleriacError {
    const where = addressOf(this.parts.endpoint);
    const seconds = Math.round((pulseMs * silentPulsesAllowed) / 1000);
    return new CeleriacError('brokerUnreachable', phrase('redis.silent', { address: where, silence: seconds }));
  }
}

interface End {
  readonly cutOffs: number | null;
  readonly now: number | null;
  readonly isMidMessage: boolean;
}

/**
 * What was lost when Redis closed only the connection that hears events. It does that to a reader that is too slow and
 * counts it (since 7.2); before, a message that broke off is the only sign.
 */
const lossAtEnd = ({ cutOffs, now, isMidMessage }: End): Phrase | null => {
  if (cutOffs !== null && now !== null && now > cutOffs) return phrase('redis.eventsTooFast');
  return isMidMessage ? phrase('redis.eventsBroken') : null;
};
