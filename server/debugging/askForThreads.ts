import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { DumpedThread } from '../api/threads.ts';
import { readThreadDump } from '../celery/threadDump.ts';
import { openHandle } from '../files/openHandle.ts';

type Threads = readonly Omit<DumpedThread, 'task'>[];

const withinMs = 5_000;
const lookEveryMs = 50;
/** What a worker writes meanwhile besides is skipped. */
const mostBytes = 8 * 1024 * 1024;

/** Where the dump was found, and what it says; null: nothing was written within the time. */
export interface FoundThreads {
  readonly file: string;
  readonly threads: Threads;
}

/** Has a process write down its threads and reads them where they appear: in what is appended to one of these files. */
export const askForThreads = async (pid: number, files: readonly string[]): Promise<FoundThreads | null> => {
  const sizes = new Map(await Promise.all(files.map(async (file) => [file, await sizeOf(file)] as const)));
  process.kill(pid, 'SIGUSR1');
  if (files.length === 0) return null;
  let before = 0;
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(lookEveryMs)) {
    for (const file of files) {
      const threads = readThreadDump(await appendedTo(file, sizes.get(file) ?? 0));
      // All of it comes in one write; a second look sees whether it has ended.
      if (threads.length > 0 && threads.length === before) return { file, threads };
      before = Math.max(before, threads.length);
    }
  }
  return null;
};

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0;

/** A file that has become shorter was begun anew. */
const appendedTo = async (file: string, from: number): Promise<string> => {
  const handle = await openHandle(file).catch(() => null);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(size < from ? 0 : from, size - mostBytes);
    const buffer = Buffer.alloc(size - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};
