import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** Marks our files among those of others. */
const ours = 'celeriac-';

interface Lying {
  readonly queue: string;
  readonly since: number;
  readonly expiry: NodeJS.Timeout;
}

/** Puts messages into queues as files, takes back those that nobody has taken in time, and knows who takes none. */
export class FilesystemOutbox {
  private readonly folder: string;
  private readonly deafAfterMs: number;
  private readonly deaf = new Set<string>();
  private readonly lying = new Map<string, Lying>();
  /** Since when a queue has not taken what was put into it. */
  private readonly untaken = new Map<string, number>();

  constructor(folder: string, deafAfterMs = 30_000) {
    this.folder = folder;
    this.deafAfterMs = deafAfterMs;
  }

  /** Workers do not look at a command's age, so it must not lie there for one that starts, or wakes up, much later. */
  async put(queue: string, text: string, lifeMs: number): Promise<void> {
    const path = await writeMessage(this.folder, queue, text, ours);
    const expiry = setTimeout(() => void this.expire(path), lifeMs);
    expiry.unref();
    this.lying.set(path, { queue, since: performance.now(), expiry });
  }

  /**
   * The queues that left a message lying for so long that nobody can be listening: kombu keeps the bindings of workers
   * that are gone. Those messages are withdrawn.
   */
  async deafQueues(): Promise<ReadonlySet<string>> {
    for (const [path, message] of this.lying) {
      const isLying = await exists(path);
      if (isLying && performance.now() - message.since < this.deafAfterMs) continue;
      await this.settle(path, message, isLying);
    }
    return this.deaf;
  }

  /** Withdraws what nobody has taken. */
  async close(): Promise<void> {
    for (const [path, message] of this.lying) await this.withdraw(path, message);
  }

  private async expire(path: string): Promise<void> {
    const message = this.lying.get(path);
    if (message) await this.settle(path, message, await exists(path));
  }

  private async settle(path: string, message: Lying, isLying: boolean): Promise<void> {
    const { queue, since } = message;
    if (isLying) {
      const untakenSince = this.untaken.get(queue) ?? since;
      this.untaken.set(queue, untakenSince);
      if (performance.now() - untakenSince >= this.deafAfterMs) this.deaf.add(queue);
    } else {
      this.untaken.delete(queue);
      this.deaf.delete(queue);
    }
    await this.withdraw(path, message);
  }

  private async withdraw(path: string, { expiry }: Lying): Promise<void> {
    clearTimeout(expiry);
    this.lying.delete(path);
    await unlink(path).catch(() => undefined);
  }
}

/** Puts a message into a queue for good; `mark` goes before its unique name. */
export const writeMessage = async (folder: string, queue: string, text: string, mark = ''): Promise<string> => {
  if (/[/\\\0]/.test(queue)) {
    throw new CeleriacError('badRequest', phrase('filesystem.badQueue', { queue }));
  }
  const path = join(folder, `${monotonicMs()}_${mark}${randomUUID()}.${queue}.msg`);
  // kombu takes a file as soon as it has its name, locked or not: it gets it when it is whole.
  const draft = join(folder, `${ours}${randomUUID()}.draft`);
  await writeFile(draft, text);
  await rename(draft, path);
  return path;
};

/** `<milliseconds>_<uuid>.<queue>.msg`, as kombu names them; null for any other file. */
export const queueOfFile = (name: string): string | null => /^\d+_[^.]+\.(.+)\.msg$/.exec(name)?.[1] ?? null;

/** Removes the messages that an earlier session of ours put and nobody took. */
export const pruneOutbox = async (folder: string, olderThanMs: number): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => name.includes(`_${ours}`) || name.startsWith(ours));
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > olderThanMs) await rm(path, { force: true });
  }
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Python's `monotonic()`, by which kombu names its files and sorts them. */
const monotonicMs = (): number => Math.round(Number(process.hrtime.bigint() / 1_000_000n));
