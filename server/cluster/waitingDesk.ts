import type { RunningTarget } from '../api/debugging.ts';
import { messageOf } from '../api/errors.ts';
import type { Worker } from '../api/model.ts';
import type { WaitingSession } from '../api/waiting.ts';
import { taskOf } from '../debugging/waiting/taskOf.ts';
import type { WaitingWatch } from '../debugging/waiting/waitingWatch.ts';
import type { SeenOfWorker, Watcher } from '../debugging/waiting/watcher.ts';

export interface WaitingParts {
  readonly watch: Pick<WaitingWatch, 'join' | 'look' | 'wake'>;
  readonly workers: () => ReadonlyMap<string, Worker>;
  /** Whether somebody follows what changes in the cluster. */
  readonly isFollowed: () => boolean;
  /** What a worker runs now; rejects when it cannot be asked. */
  readonly running: (hostname: string) => Promise<readonly RunningTarget[]>;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
}

/**
 * Which tasks of a cluster wait in rdb on this machine. A session of which no worker is known is part of every cluster: it
 * may belong to any.
 */
export class WaitingDesk implements Watcher {
  readonly #parts: WaitingParts;
  readonly #book = new Map<string, WaitingSession>();
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();
  /** Who waits at this moment, told already or still being asked about. */
  #seen: ReadonlyMap<string, SeenOfWorker> = new Map();
  readonly #asking = new Map<string, Promise<void>>();
  #followers = 0;
  #leave: (() => void) | null = null;

  constructor(parts: WaitingParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#leave ??= this.#parts.watch.join(this);
  }

  stop(): void {
    this.#leave?.();
    this.#leave = null;
  }

  tick(): void {
    this.#parts.watch.wake();
  }

  get workers(): Iterable<Worker> {
    return this.#parts.workers().values();
  }

  get isFollowed(): boolean {
    return this.#followers > 0 || this.#parts.isFollowed();
  }

  get sessions(): readonly WaitingSession[] {
    return [...this.#book.values()];
  }

  /** For somebody who looks at snapshots and does not listen to changes; returns what ends it. */
  follow(): () => void {
    this.#followers += 1;
    return () => {
      this.#followers -= 1;
    };
  }

  /** Who waits at this moment; a worker that did not tell its task before is asked again. */
  async look(): Promise<readonly WaitingSession[]> {
    await this.#parts.watch.look();
    await this.complete();
    return this.sessions;
  }

  async complete(): Promise<void> {
    const open = [...this.#seen.values()].filter(({ session }) => !this.#book.get(session.id)?.task);
    await Promise.all(open.map((each) => this.#learn(each)));
  }

  take(seen: readonly SeenOfWorker[]): void {
    this.#seen = new Map(seen.map((each) => [each.session.id, each]));
    for (const id of this.#book.keys()) if (!this.#seen.has(id)) this.#remove(id);
    for (const each of seen) {
      const known = this.#book.get(each.session.id);
      if (!known || known.hostname !== each.hostname) void this.#learn(each);
    }
  }

  takeChanges(): { readonly changed: readonly WaitingSession[]; readonly gone: readonly string[] } {
    const changed = [...this.#changed].flatMap((id) => this.#book.get(id) ?? []);
    const gone = [...this.#gone];
    this.#changed.clear();
    this.#gone.clear();
    return { changed, gone };
  }

  #remove(id: string): void {
    this.#book.delete(id);
    this.#changed.delete(id);
    this.#gone.add(id);
    this.#parts.changed();
  }

  /** Asks the worker once for all who want to know. */
  #learn(seen: SeenOfWorker): Promise<void> {
    const { id } = seen.session;
    const asked = this.#asking.get(id) ?? this.#ask(seen).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asked);
    return asked;
  }

  async #ask({ session, hostname }: SeenOfWorker): Promise<void> {
    const task = hostname === null ? null : await this.#taskOf(session, hostname);
    const known = this.#book.get(session.id);
    if (!this.#seen.has(session.id) || (known?.hostname === hostname && known.task?.id === task?.id)) return;
    this.#book.set(session.id, { ...session, hostname, task });
    this.#gone.delete(session.id);
    this.#changed.add(session.id);
    this.#parts.changed();
  }

  async #taskOf(session: SeenOfWorker['session'], hostname: string): Promise<WaitingSession['task']> {
    try {
      const task = taskOf(session, { running: await this.#parts.running(hostname) });
      return task && { id: task.id, name: task.name };
    } catch (error) {
      const reason = messageOf(error);
      this.#parts.log(`${hostname} could not be asked which task is paused in rdb: ${reason}`);
      return null;
    }
  }
}
