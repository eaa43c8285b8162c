import type { RdbWords } from '../../api/rdbReader.ts';
import { filesLike, logFilesOf } from './logFiles.ts';
import { LogFollower } from './logFollower.ts';

const everyMs = 15_000;
const mostFiles = 50;

/** Follows the log files of the workers of this machine, and those that the user has named. */
export class LogWatch {
  readonly #heard: (words: RdbWords) => void;
  readonly #followers = new Map<string, LogFollower>();
  #named: readonly string[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(heard: (words: RdbWords) => void) {
    this.#heard = heard;
  }

  get hasNames(): boolean {
    return this.#named.length > 0;
  }

  /** Patterns of files, which are looked for at the next turn. */
  name(patterns: readonly string[]): void {
    this.#named = patterns;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Files come and go: from time to time they are looked for anew. */
  async follow(pids: ReadonlySet<number>): Promise<void> {
    const now = performance.now();
    if (now - this.#lookedAt < everyMs) return;
    this.#lookedAt = now;
    const found = await Promise.all([...this.#named.map(filesLike), ...[...pids].map(logFilesOf)]);
    // Closed, or given other names, in the meantime.
    if (this.#lookedAt === now) this.#replace(new Set(found.flat().slice(0, mostFiles)));
  }

  close(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#replace(new Set());
  }

  #replace(files: ReadonlySet<string>): void {
    for (const [file, follower] of this.#followers)
      if (!files.has(file)) {
        follower.dispose();
        this.#followers.delete(file);
      }
    for (const file of files) {
      if (this.#followers.has(file)) continue;
      const follower = new LogFollower(file, this.#heard);
      this.#followers.set(file, follower);
      void follower.start();
    }
  }
}
