import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { ControlMessage } from '../celery/control.ts';
import {
  decodeReplyEnvelope,
  type ReceivedReply,
  replyExchange,
  replyQueue,
  withReplyTo,
} from '../celery/controlReply.ts';
import { encodeControlEnvelope } from '../celery/envelope.ts';
import { within } from '../waits/within.ts';
import type { ReplyBox } from './broker.ts';
import { newMark, releaseMark } from './ownMark.ts';
import { openRedisClient } from './redisClient.ts';
import { explainRedisError } from './redisErrors.ts';
import { removeReplies } from './redisLeftovers.ts';
import { bindingKey, bindingMember, deadlinesKey, mailboxChannel, queueKeys } from './redisNames.ts';
import { runPipeline } from './redisPipeline.ts';
import { placeOf, type RedisEndpoint, type RedisTarget } from './redisTarget.ts';

export interface RedisRepliesParts {
  readonly target: RedisTarget;
  readonly endpoint: RedisEndpoint;
  /** For everything but the waiting. */
  readonly client: Redis;
  readonly onReply: (reply: ReceivedReply) => void;
  /** The connection that waits for replies is gone. */
  readonly onEnd: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Redis answers at least this often while nothing comes, which shows that it still can. */
const blockSeconds = 2;
/** So many replies arrive without waiting for a round trip each; Redis serves the next BRPOP when it has served one. */
const waitingAtOnce = 32;
/** As kombu's MIN_BINDING_TTL. */
const bindingLifeMs = 3_600_000;
/** How long to wait, at the end, for workers that are just answering: what they push later stays in Redis for good. */
const graceMs = 100;

/** Where replies arrive: a list of our own and a connection of its own that waits for what comes into it. */
export class RedisReplies implements ReplyBox {
  /** Whether anything came since this was last set to false. */
  heard = true;
  private readonly parts: RedisRepliesParts;
  private readonly waiting: Redis;
  private readonly oid: string;
  private readonly keys: readonly string[];
  private readonly binding: readonly [key: string, member: string];
  private unanswered = 0;
  private refusal: Error | null = null;
  private isClosed = false;
  private allAnswered: () => void = () => undefined;

  private constructor(parts: RedisRepliesParts, waiting: Redis) {
    const { naming } = parts.target;
    this.parts = parts;
    this.waiting = waiting;
    this.oid = newMark();
    this.keys = queueKeys(naming, replyQueue(this.oid));
    this.binding = [bindingKey(naming, replyExchange), bindingMember(naming, this.oid, replyQueue(this.oid))];
  }

  static async open(parts: RedisRepliesParts): Promise<RedisReplies> {
    const { endpoint, target, signal } = parts;
    const options = { endpoint, credentials: target, tls: target.tls, db: target.naming.db, signal };
    const replies = new RedisReplies(parts, await openRedisClient(options));
    try {
      await replies.start();
      return replies;
    } catch (error) {
      await replies.close();
      throw error;
    }
  }

  /**
   * Binds anew each time: it costs no round trip of its own, and should somebody have emptied the database meanwhile, no
   * worker would know where to answer.
   */
  async ask(command: ControlMessage, ticket: string, expiresAt: number): Promise<number> {
    if (this.refusal) throw this.refusal;
    const { client, target } = this.parts;
    const envelope = encodeControlEnvelope(withReplyTo(command, ticket, this.oid), {
      exchange: 'celery.pidbox',
      routingKey: '',
      deliveryTag: randomUUID(),
      expiresAt: expiresAt / 1000,
    });
    const published = client
      .pipeline()
      .sadd(...this.binding)
      .publish(mailboxChannel(target.naming), envelope);
    this.putOffSweep();
    const count = Number((await runPipeline(published))[1]);
    this.unanswered += Math.min(count, command.destination?.length ?? count);
    if (this.refusal) throw this.refusal;
    return count;
  }

  /**
   * Since kombu 5.7 workers delete the bindings of an exchange that nobody has used for an hour, ours among them. Only a
   * deadline that is there is put off, and Redis before 6.2, which kombu needs for deadlines, cannot.
   */
  private putOffSweep(): void {
    const { client, target } = this.parts;
    const deadline = String(Date.now() + bindingLifeMs);
    client.call('ZADD', deadlinesKey(target.naming), 'XX', 'GT', deadline, replyExchange).catch(() => undefined);
  }

  /** Removes binding and list; the session's own connection must still be open. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const { client, target } = this.parts;
    try {
      await this.lastAnswers();
      await removeReplies(client, target.naming, this.oid);
      if (this.unanswered > 0) {
        // Some may have looked the binding up before it went, and not yet pushed their reply.
        await delay(graceMs);
        await client.del(...this.keys);
      }
    } finally {
      this.abandon();
    }
  }

  /** Ends without tidying up; should something have been left, the next session on this host removes it. */
  abandon(): void {
    this.isClosed = true;
    this.waiting.disconnect();
    releaseMark(this.oid);
  }

  private async start(): Promise<void> {
    for (let number = 0; number < waitingAtOnce; number++) {
      this.receive().catch((error: unknown) => this.stop(error));
    }
    await this.parts.client.sadd(...this.binding);
    // A refused BRPOP has been answered by now, one that waits has not.
    await this.parts.client.ping();
    if (this.refusal) throw this.refusal;
  }

  private async receive(): Promise<void> {
    for (;;) {
      const popped = await this.waiting.brpopBuffer([...this.keys], blockSeconds);
      this.heard = true;
      if (popped) this.take(popped[1]);
    }
  }

  private take(bytes: Buffer): void {
    this.unanswered -= 1;
    if (!this.isClosed) this.parts.onReply(decodeReplyEnvelope(bytes));
    if (this.unanswered <= 0) this.allAnswered();
  }

  private async lastAnswers(): Promise<void> {
    if (this.unanswered <= 0) return;
    const answered = new Promise<void>((resolve) => {
      this.allAnswered = resolve;
    });
    await within(answered, graceMs, () => undefined);
  }

  /** A missing right is told to whoever asks; anything else ends the session. */
  private stop(error: unknown): void {
    if (this.isClosed || this.refusal) return;
    if (error instanceof Error && error.message.startsWith('NOPERM')) {
      const { target, endpoint } = this.parts;
      this.refusal = explainRedisError(error, { ...placeOf(target, endpoint), keys: '*.reply.celery.pidbox*' });
      return;
    }
    this.parts.onEnd(error);
  }
}
