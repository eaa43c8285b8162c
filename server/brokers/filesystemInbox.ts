import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readUpTo } from '../files/readUpTo.ts';
import { largestMessageFile } from './largestMessageFile.ts';

export interface InboxParts {
  readonly folders: readonly string[];
  readonly queue: string;
  readonly onMessage: (bytes: Buffer) => void;
  /** A folder can no longer be read. */
  readonly onFailure: (error: unknown) => void;
}

const watchedScanMs = 1_000;
const unwatchedScanMs = 200;
/** A scan may take at most this share of our time, however many files of others lie there. */
const scanShare = 0.05;
/** What is still not whole at this age will never be. */
const unfinishedMs = 500;
const readAtOnce = 16;

/**
 * Takes the messages of one queue out of the data folders. The operating system tells of new files, where it can; a
 * scan now and then finds what it did not tell, and comes more often where it tells nothing, as on network drives.
 */
export class FilesystemInbox {
  private readonly parts: InboxParts;
  private readonly suffix: string;
  private readonly found = new Set<string>();
  private watchers: FSWatcher[] = [];
  private isWatched = true;
  private draining: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(parts: InboxParts) {
    this.parts = parts;
    this.suffix = `.${parts.queue}.msg`;
  }

  start(): void {
    for (const folder of this.parts.folders) this.watch(folder);
    this.scanLater(0);
  }

  /** Stops listening; resolves when nothing is being read any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.close();
    await this.draining;
  }

  private watch(folder: string): void {
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name?.endsWith(this.suffix)) this.take([join(folder, name)]);
      });
      watcher.on('error', () => {
        this.isWatched = false;
      });
      this.watchers.push(watcher);
    } catch {
      this.isWatched = false;
    }
  }

  private scanLater(waitMs: number): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.scan(), waitMs);
  }

  private async scan(): Promise<void> {
    const since = performance.now();
    try {
      for (const folder of this.parts.folders) this.take(await this.list(folder));
    } catch (error) {
      if (!this.isClosed) this.parts.onFailure(error);
      return;
    }
    const tookMs = performance.now() - since;
    this.scanLater(Math.max(this.isWatched ? watchedScanMs : unwatchedScanMs, tookMs / scanShare));
  }

  private async list(folder: string): Promise<string[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(this.suffix));
    return names.sort((a, b) => sentAt(a) - sentAt(b)).map((name) => join(folder, name));
  }

  private take(paths: readonly string[]): void {
    for (const path of paths) this.found.add(path);
    if (this.found.size === 0 || this.isClosed) return;
    this.draining ??= this.drain().finally(() => {
      this.draining = null;
    });
  }

  /** The next few files, in the order in which they were found. */
  private next(): readonly string[] {
    const paths: string[] = [];
    for (const path of this.found) {
      if (paths.length === readAtOnce) break;
      paths.push(path);
      this.found.delete(path);
    }
    return paths;
  }

  private async drain(): Promise<void> {
    while (this.found.size > 0 && !this.isClosed) {
      const paths = this.next();
      const messages = await Promise.all(paths.map(readMessage));
      const taken = paths.filter((_, index) => messages[index] !== null);
      for (const bytes of messages) if (bytes) this.parts.onMessage(bytes);
      await Promise.all(taken.map(discard));
    }
  }
}

/** The bytes of a message that is whole; `null` while it is being written, or when it is gone. */
const readMessage = async (path: string): Promise<Buffer | null> => {
  try {
    const bytes = await readUpTo(path, largestMessageFile);
    if (isWhole(bytes)) return bytes;
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs > unfinishedMs ? bytes : null;
  } catch {
    return null;
  }
};

/** kombu writes an object whose last field is an object. */
const isWhole = (bytes: Buffer): boolean => bytes.length > 0 && bytes.subarray(-2).toString('latin1') === '}}';

const discard = (path: string): Promise<void> => unlink(path).catch(() => undefined);

/** File names begin with the sender's monotonic milliseconds. */
const sentAt = (name: string): number => Number.parseInt(name, 10) || 0;
