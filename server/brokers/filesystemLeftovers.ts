import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { FilesystemFolders } from './filesystemFolders.ts';
import { pruneOutbox } from './filesystemOutbox.ts';
import type { ExchangeTable } from './filesystemTable.ts';

const prefix = 'celeryev.celeriac-';
const host = hostname().replaceAll(/[^A-Za-z0-9]/g, '-');
/** A living session takes its messages within a second. */
const abandonedMs = 10 * 60_000;
const untakenMs = 2 * 60_000;

/** A queue name that tells whose it is, so that a later session can see whether its owner still lives. */
export const newQueueName = (): string => `${prefix}${host}.${process.pid}.${randomUUID()}`;

/**
 * Removes what sessions of ours left behind that were killed: nobody else does, and workers would go on writing a file
 * for each event into their queues.
 */
export const pruneLeftovers = async (folders: FilesystemFolders, events: ExchangeTable): Promise<void> => {
  const queues = (await events.read()).map(({ queue }) => queue).filter((queue) => queue.startsWith(prefix));
  const dataFolders = new Set([folders.in, folders.out]);
  for (const queue of queues) {
    if (!isOrphan(queue) && !(await isAbandoned(dataFolders, queue))) continue;
    await events.remove(new Set([queue]));
    await removeMessages(dataFolders, queue);
  }
  await pruneOutbox(folders.in, untakenMs);
};

export const removeMessages = async (folders: ReadonlySet<string>, queue: string): Promise<void> => {
  for (const path of await messagesOf(folders, queue)) await rm(path, { force: true });
};

const isOrphan = (queue: string): boolean => {
  const [owner, pid] = queue.slice(prefix.length).split('.');
  return owner === host && !isAlive(Number(pid));
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether messages have been lying in the queue for longer than any living session would let them. */
const isAbandoned = async (folders: ReadonlySet<string>, queue: string): Promise<boolean> => {
  for (const path of await messagesOf(folders, queue)) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > abandonedMs) return true;
  }
  return false;
};

const messagesOf = async (folders: ReadonlySet<string>, queue: string): Promise<string[]> => {
  const paths: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder);
    paths.push(...names.filter((name) => name.endsWith(`.${queue}.msg`)).map((name) => join(folder, name)));
  }
  return paths;
};
