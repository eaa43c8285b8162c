import { placeName } from '../../api/rdbPlace.ts';
import type { RdbWords } from '../../api/rdbReader.ts';
import { textOf } from '../procFs.ts';
import { isTaken, readListeners } from './listeningHere.ts';
import { LogWatch } from './logWatch.ts';
import { RdbSockets } from './rdbSockets.ts';
import { type SeenSession, type Watcher, workerOf } from './watcher.ts';

const paceMs = 2_500;
/** Looking takes at most this share of the time, however many sockets the machine has. */
const share = 1 / 200;

/**
 * Knows which tasks of this machine wait in rdb, without a knock: the system tells who listens. Where it does not, what
 * the workers say has to do. One watch serves all clusters of a process, and rests while nobody follows any of them.
 */
export class WaitingWatch {
  readonly #watchers = new Set<Watcher>();
  readonly #sockets = new RdbSockets();
  readonly #logs = new LogWatch((words) => void this.hear([words]));
  /** Places that a worker's own words have named: whoever listens there, it is rdb or leads to it. */
  readonly #named = new Map<number, SeenSession>();
  #held: readonly SeenSession[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #next: Promise<readonly SeenSession[]> | null = null;

  /** Returns what leaves again. */
  join(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#rest();
    };
  }

  /** Looks from now on, as long as somebody follows a cluster that has workers, or named a log. */
  wake(): void {
    if (this.#timer || !this.#isWanted()) return;
    void this.#logs.follow(this.#pids());
    this.#later(paceMs);
  }

  /** Log files that the user has named, as patterns. */
  followLogs(patterns: readonly string[]): void {
    this.#logs.name(patterns);
    if (this.#timer) void this.#logs.follow(this.#pids());
  }

  /** A worker has said something about its debugger. */
  async hear(heard: readonly RdbWords[]): Promise<readonly SeenSession[]> {
    for (const words of heard)
      if (words.kind === 'visited') this.#named.delete(words.port);
      else {
        const since = Date.now();
        const { place } = words;
        this.#named.set(place.port, { id: `${placeName(place)} ${since}`, place, process: null, since });
      }
    return this.look();
  }

  /** One look at a time; those who ask meanwhile share the next. */
  look(): Promise<readonly SeenSession[]> {
    this.#next ??= this.#lookAfter(this.#looking);
    return this.#next;
  }

  async #lookAfter(before: Promise<void>): Promise<readonly SeenSession[]> {
    await before.catch(() => undefined);
    this.#next = null;
    this.#looking = this.#look();
    await this.#looking;
    return this.#held;
  }

  async #look(): Promise<void> {
    const listeners = await readListeners();
    if (listeners) this.#forgetUnlessAt(new Set(listeners.map(({ port }) => port)));
    this.#held = listeners
      ? await this.#sockets.sessions(listeners, { workers: this.#pids(), named: this.#named, held: this.#held })
      : await this.#asNamed();
    const owned = [...this.#watchers].map(({ workers }) => this.#held.map((session) => workerOf(session, workers)));
    const isOwned = this.#held.map((_, index) => owned.some((hostnames) => hostnames[index] !== null));
    for (const [at, watcher] of [...this.#watchers].entries()) {
      const seen = this.#held.map((session, index) => ({ session, hostname: owned[at]?.[index] ?? null }));
      watcher.take(seen.filter(({ hostname }, index) => hostname !== null || !isOwned[index]));
    }
  }

  #forgetUnlessAt(ports: ReadonlySet<number>): void {
    for (const port of this.#named.keys()) if (!ports.has(port)) this.#named.delete(port);
  }

  /** A worker on another machine, in a terminal that leads there, names places that are not here. */
  async #asNamed(): Promise<readonly SeenSession[]> {
    for (const { id, place } of this.#named.values())
      if (!this.#held.some((each) => each.id === id) && !(await isTaken(place.port))) this.#named.delete(place.port);
    return [...this.#named.values()];
  }

  #isWanted(): boolean {
    return [...this.#watchers].some(({ isFollowed }) => isFollowed) && (this.#logs.hasNames || this.#pids().size > 0);
  }

  /** The main processes of the workers that are known; some of them may be on other machines. */
  #pids(): ReadonlySet<number> {
    const workers = [...this.#watchers].flatMap((watcher) => [...watcher.workers]);
    return new Set(workers.flatMap(({ pid, status }) => (pid === null || status === 'offline' ? [] : [pid])));
  }

  #later(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#turn(), delayMs).unref();
  }

  async #turn(): Promise<void> {
    const turn = this.#timer;
    const begun = performance.now();
    const pids = this.#pids();
    await this.#logs.follow(pids);
    const isAlive = await Promise.all([...pids].map(async (pid) => (await textOf(pid, 'stat')) !== null));
    if (isAlive.includes(true) || this.#held.length > 0) await this.look();
    if (this.#timer !== turn) return;
    if (this.#isWanted()) this.#later(Math.max(paceMs, (performance.now() - begun) / share));
    else this.#rest();
  }

  #rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#logs.close();
  }
}
