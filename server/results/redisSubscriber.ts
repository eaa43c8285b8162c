import type { Redis } from 'ioredis';
import { cutOff, type RedisConnection, type RedisLine } from './redisConnection.ts';
import type { ResultWatcher, StopWatching } from './resultStore.ts';

/** One connection for all who wait; it is open for as long as somebody does. */
export class RedisSubscriber {
  private readonly connection: RedisConnection;
  private readonly watchers = new Map<string, Set<ResultWatcher>>();
  private heard: Redis | null = null;

  constructor(connection: RedisConnection) {
    this.connection = connection;
  }

  /** Resolves when Redis has confirmed the subscription. */
  async watch(channel: string, watcher: ResultWatcher): Promise<StopWatching> {
    this.add(channel, watcher);
    try {
      const line = await this.connection.open();
      this.listenOn(line);
      await this.subscribe(line, channel);
    } catch (error) {
      this.stop(channel, watcher);
      throw error;
    }
    return () => this.stop(channel, watcher);
  }

  private async subscribe(line: RedisLine, channel: string): Promise<void> {
    try {
      await line.client.subscribe(channel);
    } catch (error) {
      throw this.connection.explain(error, line, { name: channel, verb: 'subscribe to' });
    }
  }

  private listenOn(line: RedisLine): void {
    const { client } = line;
    if (this.heard === client) return;
    this.heard = client;
    client.on('message', (channel) => {
      for (const watcher of this.watchers.get(channel) ?? []) watcher.onChange();
    });
    client.once('end', () => {
      if (this.heard === client) this.lose(cutOff(line));
    });
  }

  private lose(error: unknown): void {
    this.heard = null;
    const everyone = [...this.watchers.values()].flatMap((set) => [...set]);
    this.watchers.clear();
    for (const watcher of everyone) watcher.onLost(error);
  }

  private add(channel: string, watcher: ResultWatcher): void {
    const set = this.watchers.get(channel) ?? new Set();
    this.watchers.set(channel, set.add(watcher));
  }

  private stop(channel: string, watcher: ResultWatcher): void {
    const set = this.watchers.get(channel);
    if (!set?.delete(watcher) || set.size > 0) return;
    this.watchers.delete(channel);
    if (this.watchers.size > 0) {
      this.heard?.unsubscribe(channel).catch(() => undefined);
      return;
    }
    this.heard = null;
    this.connection.hangUp();
  }
}
