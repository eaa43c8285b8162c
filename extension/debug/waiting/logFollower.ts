import { constants, type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { LineReader } from './lineReader.ts';
import type { RdbWords } from './rdbWords.ts';

const everyMs = 2_000;
/** Of what was written since the last look only the end is read: a session that was told of long ago is over. */
const mostBytes = 256 * 1024;

/**
 * Follows what is appended to a log file, from now on. The file may be missing, truncated, or be replaced by another one
 * at any time.
 */
export class LogFollower {
  readonly #file: string;
  readonly #heard: (words: RdbWords) => void;
  #reader = new LineReader();
  #at: { readonly inode: number; readonly offset: number } | null = null;
  #isFirst = true;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #reading: Promise<void> | null = null;
  #isOver = false;

  constructor(file: string, heard: (words: RdbWords) => void) {
    this.#file = file;
    this.#heard = heard;
  }

  /** Resolves when everything that is written from then on will be read. */
  async start(): Promise<void> {
    await this.#read();
    if (this.#isOver) return;
    this.#timer = setInterval(() => void this.#read(), everyMs);
  }

  dispose(): void {
    this.#isOver = true;
    this.#watcher?.close();
    if (this.#timer) clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    if (this.#isOver) return;
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #readOnce(): Promise<void> {
    const handle = await openLog(this.#file).catch(() => null);
    if (!handle) {
      this.#at = null;
      this.#isFirst = false;
      this.#forgetWatcher();
      return;
    }
    try {
      await this.#readFrom(handle);
    } catch {
      // It was taken away while it was read; the next look begins anew.
      this.#at = null;
    } finally {
      await handle.close();
    }
  }

  async #readFrom(handle: FileHandle): Promise<void> {
    const { ino, size } = await handle.stat();
    const isSame = this.#at?.inode === ino && size >= this.#at.offset;
    if (!isSame) {
      this.#reader = new LineReader();
      this.#watchFile();
    }
    const begin = isSame ? (this.#at?.offset ?? 0) : this.#isFirst ? size : 0;
    this.#isFirst = false;
    const from = Math.max(begin, size - mostBytes);
    this.#at = { inode: ino, offset: size };
    if (size <= from || this.#isOver) return;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    for (const words of this.#reader.read(buffer.toString('utf8', 0, bytesRead))) this.#heard(words);
  }

  /** Only quickens what the timer does anyway: not every file system tells. */
  #watchFile(): void {
    this.#forgetWatcher();
    try {
      this.#watcher = watch(this.#file, { persistent: false }, () => void this.#read());
      this.#watcher.on('error', () => this.#forgetWatcher());
    } catch {
      this.#watcher = null;
    }
  }

  #forgetWatcher(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}

/** A named pipe keeps nobody waiting, and what is no file has no end to follow. */
const openLog = async (file: string): Promise<FileHandle> => {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('it is not a regular file');
};
