import { randomUUID } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueueDepth } from '../api/model.ts';
import type { QueuedMessage } from '../api/peek.ts';
import { encodeTaskEnvelope } from '../celery/envelope.ts';
import { readQueuedEnvelope } from '../celery/readQueued.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';
import { NotReadable } from '../files/notReadable.ts';
import { readUpTo } from '../files/readUpTo.ts';
import type { FilesystemFolders } from './filesystemFolders.ts';
import { queueOfFile, writeMessage } from './filesystemOutbox.ts';
import { ExchangeTable } from './filesystemTable.ts';
import { largestMessageFile } from './largestMessageFile.ts';
import { isControlName, queuesOfTask } from './virtualRouting.ts';

/** The queues in the folder that workers read: each message is a file with its queue's name in it. */
export class FilesystemQueues {
  private readonly folders: FilesystemFolders;

  constructor(folders: FilesystemFolders) {
    this.folders = folders;
  }

  async names(): Promise<readonly string[]> {
    const waiting = await this.waiting();
    return [...new Set([...(await this.bound()), ...waiting.keys()])].filter((name) => !isControlName(name)).sort();
  }

  async depths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    const [waiting, bound] = await Promise.all([this.waiting(), this.bound()]);
    return names.map((name) => {
      const ready = waiting.get(name)?.length ?? 0;
      return { name, exists: ready > 0 || bound.has(name), ready, unacked: null, consumers: null };
    });
  }

  async publish(message: TaskMessage): Promise<void> {
    const { exchange, routingKey } = message;
    const queues =
      exchange === ''
        ? [routingKey]
        : queuesOfTask(exchange, routingKey, await new ExchangeTable(this.folders.control, exchange).read());
    const envelope = encodeTaskEnvelope(message, randomUUID());
    for (const queue of queues) await writeMessage(this.folders.in, queue, envelope);
  }

  /** kombu takes the files in the order of their names. */
  async peek(queue: string, limit: number): Promise<readonly QueuedMessage[]> {
    const messages: QueuedMessage[] = [];
    for (const name of ((await this.waiting()).get(queue) ?? []).toSorted()) {
      if (messages.length === limit) break;
      const bytes = await orGone(readUpTo(join(this.folders.in, name), largestMessageFile));
      if (bytes !== null) messages.push(readQueuedEnvelope(bytes));
    }
    return messages;
  }

  async purge(queue: string): Promise<number> {
    let count = 0;
    for (const name of (await this.waiting()).get(queue) ?? []) {
      const removed = await orGone(unlink(join(this.folders.in, name)).then(() => true));
      if (removed) count += 1;
    }
    return count;
  }

  private async waiting(): Promise<ReadonlyMap<string, readonly string[]>> {
    const waiting = new Map<string, string[]>();
    for (const name of await readdir(this.folders.in)) {
      const queue = queueOfFile(name);
      if (queue === null) continue;
      const names = waiting.get(queue);
      if (names) names.push(name);
      else waiting.set(queue, [name]);
    }
    return waiting;
  }

  /** Whatever is bound to any exchange. */
  private async bound(): Promise<ReadonlySet<string>> {
    const exchanges = (await readdir(this.folders.control))
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .filter((exchange) => !isControlName(exchange));
    const tables = await Promise.all(
      exchanges.map((exchange) => new ExchangeTable(this.folders.control, exchange).read()),
    );
    return new Set(tables.flat().map(({ queue }) => queue));
  }
}

/** Null: a worker has taken the file meanwhile, or it is none. */
const orGone = <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: NodeJS.ErrnoException | NotReadable) => {
    if (error.code !== 'ENOENT' && !(error instanceof NotReadable && error.code === null)) throw error;
    return null;
  });

const suffix = '.exchange';
