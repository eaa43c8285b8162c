import type { Redis } from 'ioredis';
import type { QueueDepth } from '../api/model.ts';
import type { QueuedMessage } from '../api/peek.ts';
import { readQueuedEnvelope } from '../celery/readQueued.ts';
import { bindingKey, escapeGlob, queueKeys, type RedisNaming, readMember } from './redisNames.ts';
import { readPipeline, runPipeline } from './redisPipeline.ts';
import { countUnacked } from './redisUnacked.ts';
import { isControlName } from './virtualRouting.ts';

const keysAtOnce = 1_000;
const queuesAtOnce = 500;
const scanLimitMs = 2_000;

/** The queues of one Redis database: lists without a registry, except for the bindings that kombu keeps in sets. */
export class RedisQueues {
  private readonly client: Redis;
  private readonly naming: RedisNaming;
  private readonly known = new Set<string>();
  private cursor = '0';

  constructor(client: Redis, naming: RedisNaming) {
    this.client = client;
    this.naming = naming;
  }

  /** A database of millions of keys is not gone through in one call: the next one goes on where this one stopped. */
  async names(): Promise<readonly string[]> {
    const until = performance.now() + scanLimitMs;
    const pattern = `${escapeGlob(bindingKey(this.naming, ''))}*`;
    do {
      const [next, keys] = await this.client.scan(this.cursor, 'MATCH', pattern, 'COUNT', keysAtOnce);
      await this.learn(keys.filter((key) => !isControlName(key.slice(bindingKey(this.naming, '').length))));
      this.cursor = next;
    } while (this.cursor !== '0' && performance.now() < until);
    return [...this.known].sort();
  }

  async depths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    if (names.length === 0) return [];
    const unacked = countUnacked(this.client, this.naming);
    // Should the lengths fail first, this failure is nobody's business any more.
    unacked.catch(() => undefined);
    const lengths = await this.lengths(names);
    const empty = names.filter((name) => !lengths.get(name)?.some((length) => length > 0) && !this.known.has(name));
    await this.learnBound(empty);
    const held = await unacked;
    return names.map((name) => this.depth(name, lengths.get(name) ?? [], held && (held.get(name) ?? 0)));
  }

  /**
   * All priorities at once, so that none is counted that a worker takes meanwhile. LTRIM empties a list and refuses
   * anything else, where DEL would delete whatever has that name.
   */
  async purge(queue: string): Promise<number> {
    const transaction = this.client.multi();
    for (const key of queueKeys(this.naming, queue)) transaction.llen(key).ltrim(key, 1, 0);
    const replies = await runPipeline(transaction);
    return replies.reduce<number>((sum, reply, index) => (index % 2 === 0 ? sum + Number(reply) : sum), 0);
  }

  /** Workers take from the right end (kombu/transport/redis.py: BRPOP), the most urgent list first. */
  async peek(queue: string, limit: number): Promise<readonly QueuedMessage[]> {
    const pipeline = this.client.pipeline();
    for (const key of queueKeys(this.naming, queue)) pipeline.lrangeBuffer(key, -limit, -1);
    const lists = await readPipeline(pipeline);
    return lists
      .flatMap((list) => (Array.isArray(list) ? list.filter((each) => Buffer.isBuffer(each)).reverse() : []))
      .slice(0, limit)
      .map(readQueuedEnvelope);
  }

  private depth(name: string, lengths: readonly number[], unacked: number | null): QueueDepth {
    const ready = lengths.reduce((sum, length) => sum + length, 0);
    const steps = this.naming.prioritySteps.map((step, index) => [String(step), lengths[index] ?? 0] as const);
    return {
      name,
      exists: ready > 0 || (unacked ?? 0) > 0 || this.known.has(name),
      ready,
      unacked,
      consumers: null,
      byPriority: Object.fromEntries(steps.filter(([, length]) => length > 0)),
    };
  }

  private async lengths(names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const lengths = new Map<string, readonly number[]>();
    const perQueue = this.naming.prioritySteps.length;
    for (const some of inGroups(names, queuesAtOnce)) {
      const pipeline = this.client.pipeline();
      for (const name of some) for (const key of queueKeys(this.naming, name)) pipeline.llen(key);
      const replies = await readPipeline(pipeline);
      for (const [index, name] of some.entries()) {
        lengths.set(name, replies.slice(index * perQueue, (index + 1) * perQueue).map(Number));
      }
    }
    return lengths;
  }

  private async learn(keys: readonly string[]): Promise<void> {
    const pipeline = this.client.pipeline();
    for (const key of keys) pipeline.smembers(key);
    for (const members of keys.length > 0 ? await readPipeline(pipeline) : []) {
      for (const member of Array.isArray(members) ? members : []) {
        const { queue } = readMember(this.naming, String(member));
        if (!isControlName(queue)) this.known.add(queue);
      }
    }
  }

  /** An empty list is no key at all; but whoever declares a queue binds it, by default to an exchange of its name. */
  private async learnBound(names: readonly string[]): Promise<void> {
    for (const some of inGroups(names, queuesAtOnce)) {
      const pipeline = this.client.pipeline();
      for (const name of some) pipeline.smembers(bindingKey(this.naming, name));
      const replies = await readPipeline(pipeline);
      for (const [index, name] of some.entries()) {
        const members = replies[index];
        const isBound = (member: unknown): boolean => readMember(this.naming, String(member)).queue === name;
        if (Array.isArray(members) && members.some(isBound)) this.known.add(name);
      }
    }
  }
}

function* inGroups<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
