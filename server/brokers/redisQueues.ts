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
/** Once the whole database has been gone through, so much of it is looked at again in one call. */
const scansAtOnce = 10;
const bindingsAtOnce = 100;
/** One command tells whether any of so many lists is there; an empty list is no key at all. */
const listsAtOnce = 400;

/** The queues of one Redis database: lists without a registry, except for the bindings that kombu keeps in sets. */
export class RedisQueues {
  private readonly client: Redis;
  private readonly naming: RedisNaming;
  private readonly known = new Set<string>();
  /** The bindings that have been read, the one that was read longest ago first. */
  private readonly read = new Set<string>();
  /** The lists in which something was when they were last looked at. */
  private readonly filled = new Set<string>();
  private cursor = '0';
  private isComplete = false;

  constructor(client: Redis, naming: RedisNaming) {
    this.client = client;
    this.naming = naming;
  }

  /**
   * A database of millions of keys is not gone through in one call: the next one goes on where this one stopped. Bindings
   * are made once and hardly ever change: those that are known are read again a few at a time.
   */
  async names(): Promise<readonly string[]> {
    const until = performance.now() + scanLimitMs;
    const pattern = `${escapeGlob(bindingKey(this.naming, ''))}*`;
    const isRepeated = this.isComplete;
    let scans = 0;
    do {
      const [next, keys] = await this.client.scan(this.cursor, 'MATCH', pattern, 'COUNT', keysAtOnce);
      const isQueue = (key: string): boolean => !isControlName(key.slice(bindingKey(this.naming, '').length));
      await this.learn(keys.filter((key) => !this.read.has(key) && isQueue(key)));
      this.cursor = next;
      this.isComplete ||= next === '0';
      scans += 1;
    } while (this.cursor !== '0' && performance.now() < until && !(isRepeated && scans === scansAtOnce));
    if (isRepeated) await this.learn([...this.read].slice(0, bindingsAtOnce));
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
    for (const some of inGroups(names, queuesAtOnce)) {
      const keys = some.flatMap((name) => queueKeys(this.naming, name));
      const filled = await this.readFilled(await this.mayBeFilled(keys));
      for (const name of some)
        lengths.set(
          name,
          queueKeys(this.naming, name).map((key) => filled.get(key) ?? 0),
        );
    }
    return lengths;
  }

  /** Most lists are empty and stay so: they are asked about together, and one by one only where something is among them. */
  private async mayBeFilled(keys: readonly string[]): Promise<readonly string[]> {
    const groups = [
      ...inGroups(
        keys.filter((key) => !this.filled.has(key)),
        listsAtOnce,
      ),
    ];
    const pipeline = this.client.pipeline();
    for (const group of groups) pipeline.exists(...group);
    const counts = groups.length > 0 ? await runPipeline(pipeline) : [];
    return [
      ...keys.filter((key) => this.filled.has(key)),
      ...groups.flatMap((group, at) => (counts[at] === 0 ? [] : group)),
    ];
  }

  private async readFilled(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const pipeline = this.client.pipeline();
    for (const key of keys) pipeline.llen(key);
    const replies = keys.length > 0 ? await readPipeline(pipeline) : [];
    for (const [index, key] of keys.entries()) {
      if (Number(replies[index]) > 0) this.filled.add(key);
      else this.filled.delete(key);
    }
    return new Map(keys.map((key, index) => [key, Number(replies[index])]));
  }

  private async learn(keys: readonly string[]): Promise<void> {
    const pipeline = this.client.pipeline();
    for (const key of keys) pipeline.smembers(key);
    const all = keys.length > 0 ? await readPipeline(pipeline) : [];
    for (const key of keys) {
      this.read.delete(key);
      this.read.add(key);
    }
    for (const members of all) {
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
