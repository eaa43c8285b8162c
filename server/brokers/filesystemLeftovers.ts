import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesystemFolders } from './filesystemFolders.ts';
import { pruneOutbox, queueOfFile } from './filesystemOutbox.ts';
import type { ExchangeTable } from './filesystemTable.ts';
import { isOrphan } from './ownMark.ts';

/** A living session takes its messages within a second. */
const abandonedMs = 10 * 60_000;
const untakenMs = 2 * 60_000;

const eventPrefix = 'celeryev.';

/** The queue that a session's events come into; it tells a later session whether its owner still lives. */
export const eventQueue = (mark: string): string => `${eventPrefix}${mark}`;

/**
 * Removes what sessions of ours left behind that were killed: nobody else does, and workers would go on writing a file
 * for each event into their queues.
 */
export const pruneLeftovers = async (
  folders: FilesystemFolders,
  tables: { readonly events: ExchangeTable; readonly replies: ExchangeTable },
): Promise<void> => {
  const dataFolders = new Set([folders.in, folders.out]);
  for (const table of [tables.events, tables.replies]) {
    for (const { queue } of await table.read()) {
      const mark = markOf(queue);
      if (mark === null || !(isOrphan(mark) || (await isAbandoned(dataFolders, queue)))) continue;
      await table.remove(new Set([queue]));
      await removeMessages(dataFolders, queue);
    }
  }
  for (const folder of dataFolders) await pruneMessages(folder);
  await pruneOutbox(folders.in, untakenMs);
};

/** What workers wrote into a queue of ours after it was gone: they look the bindings up a moment before. */
const pruneMessages = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const mark = markOf(queueOfFile(name) ?? '');
    const path = join(folder, name);
    if (mark !== null && (isOrphan(mark) || (await isOld(path)))) await rm(path, { force: true });
  }
};

const isOld = async (path: string): Promise<boolean> => {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs > abandonedMs;
};

/** The mark in the name of a queue of ours. */
const markOf = (queue: string): string | null =>
  /^(?:celeryev\.)?(celeriac-[\w-]+)(?:\.reply\.celery\.pidbox)?$/.exec(queue)?.[1] ?? null;

export const removeMessages = async (folders: ReadonlySet<string>, queue: string): Promise<void> => {
  for (const path of await messagesOf(folders, queue)) await rm(path, { force: true });
};

/** Whether messages have been lying in the queue for longer than any living session would let them. */
const isAbandoned = async (folders: ReadonlySet<string>, queue: string): Promise<boolean> => {
  for (const path of await messagesOf(folders, queue)) {
    if (await isOld(path)) return true;
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
