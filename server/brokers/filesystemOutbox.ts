import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Marks our files among those of others. */
const ours = 'celeriac-';

/** Puts messages into queues as files, and knows which of them nobody has taken. */
export class FilesystemOutbox {
  private readonly folder: string;
  private readonly deafAfterMs: number;
  private readonly deaf = new Set<string>();
  private readonly lying = new Map<string, { readonly queue: string; readonly since: number }>();

  constructor(folder: string, deafAfterMs = 30_000) {
    this.folder = folder;
    this.deafAfterMs = deafAfterMs;
  }

  async put(queue: string, text: string): Promise<void> {
    const name = `${monotonicMs()}_${ours}${randomUUID()}.${queue}.msg`;
    const path = join(this.folder, name);
    // kombu takes a file as soon as it has its name, locked or not: it gets it when it is whole.
    const draft = join(this.folder, `${ours}${randomUUID()}.draft`);
    await writeFile(draft, text);
    await rename(draft, path);
    this.lying.set(path, { queue, since: performance.now() });
  }

  /**
   * The queues that left a message lying for so long that nobody can be listening: kombu keeps the bindings of workers
   * that are gone. Those messages are withdrawn.
   */
  async deafQueues(): Promise<ReadonlySet<string>> {
    for (const [path, { queue, since }] of this.lying) {
      const isLying = await exists(path);
      if (isLying && performance.now() - since < this.deafAfterMs) continue;
      if (isLying) this.deaf.add(queue);
      else this.deaf.delete(queue);
      await this.withdraw(path);
    }
    return this.deaf;
  }

  /** Withdraws what nobody has taken. */
  async close(): Promise<void> {
    for (const path of this.lying.keys()) await this.withdraw(path);
  }

  private async withdraw(path: string): Promise<void> {
    this.lying.delete(path);
    await unlink(path).catch(() => undefined);
  }
}

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
