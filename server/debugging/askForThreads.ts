import { setTimeout as pause } from 'node:timers/promises';
import type { DumpedThread } from '../api/threads.ts';
import { readThreadDump } from '../celery/threadDump.ts';
import { FileTail } from '../files/fileTail.ts';

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
  const outputs = files.map((file) => new Output(file));
  for (const output of outputs) await output.read();
  process.kill(pid, 'SIGUSR1');
  if (files.length === 0) return null;
  let before = 0;
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(lookEveryMs)) {
    for (const output of outputs) {
      const threads = readThreadDump(await output.read());
      // All of it comes in one write; a second look sees whether it has ended.
      if (threads.length > 0 && threads.length === before) return { file: output.file, threads };
      before = Math.max(before, threads.length);
    }
  }
  return null;
};

/** All that was appended to a file since the first look. */
class Output {
  readonly file: string;
  readonly #tail: FileTail;
  #bytes = Buffer.alloc(0);

  constructor(file: string) {
    this.file = file;
    this.#tail = new FileTail(file, mostBytes);
  }

  async read(): Promise<string> {
    const appended = await this.#tail.read();
    if (appended?.isNew) this.#bytes = Buffer.alloc(0);
    if (appended && appended.bytes.length > 0)
      this.#bytes = Buffer.concat([this.#bytes, appended.bytes]).subarray(-mostBytes);
    return this.#bytes.toString();
  }
}
