import { firstPort, searchedPorts } from '../rdb/rdbPlace.ts';
import type { Listener } from './listeners.ts';
import { findOwners, isAlive, isCelery, type Owner, portBaseOf } from './owners.ts';
import type { RdbWords } from './rdbWords.ts';
import { isTaken, readListeners } from './waitingHere.ts';
import { placeName, type WaitingSession } from './waitingSession.ts';

export interface WatchedWorkers {
  /** The main processes of the workers that are known; some of them may be on other machines. */
  pids(): ReadonlySet<number>;
}

export interface Seen {
  readonly came: readonly WaitingSession[];
  readonly gone: readonly WaitingSession[];
}

const paceMs = 2_500;
/** Looking takes at most this share of the time, however many sockets the machine has. */
const share = 1 / 200;
/** The children of a pool are numbered, and each has its port; whoever replaces its children often gets far. */
const childPorts = 1_000;

/**
 * Knows which tasks of this machine wait in rdb, without a knock: the system tells who listens. Where it does not, what
 * the workers say has to do.
 */
export class WaitingWatch {
  readonly #workers: WatchedWorkers;
  readonly #told: (seen: Seen) => void;
  readonly #held = new Map<string, WaitingSession>();
  /** Places that a worker's own words have named: whoever listens there, it is rdb or leads to it. */
  readonly #named = new Map<number, WaitingSession>();
  #owners = new Map<string, Owner | null>();
  readonly #bases = new Map<number, number | null>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #isOver = false;

  constructor(workers: WatchedWorkers, told: (seen: Seen) => void) {
    this.#workers = workers;
    this.#told = told;
  }

  get sessions(): readonly WaitingSession[] {
    return [...this.#held.values()];
  }

  /** Looks from now on, as long as there is a worker on this machine. */
  wake(): void {
    if (this.#isOver || this.#timer || this.#workers.pids().size === 0) return;
    this.#timer = setTimeout(() => void this.#turn(), paceMs);
  }

  /** A worker has said something about its debugger. */
  async hear(words: RdbWords): Promise<void> {
    if (words.kind === 'waits') {
      const since = Date.now();
      const { place } = words;
      this.#named.set(place.port, { id: `${placeName(place)} ${since}`, place, process: null, since });
      await this.look();
      return;
    }
    if (this.#named.delete(words.port)) await this.look();
  }

  /** One look at a time; who comes meanwhile gets the answer of the next. */
  async look(): Promise<readonly WaitingSession[]> {
    while (this.#looking) await this.#looking;
    this.#looking = this.#look();
    try {
      await this.#looking;
    } finally {
      this.#looking = null;
    }
    return this.sessions;
  }

  dispose(): void {
    this.#isOver = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #turn(): Promise<void> {
    const begun = performance.now();
    const alive = await Promise.all([...this.#workers.pids()].map(isAlive));
    if (alive.includes(true) || this.#held.size > 0) await this.look();
    this.#timer = null;
    if (this.#isOver || this.#workers.pids().size === 0) return;
    this.#timer = setTimeout(() => void this.#turn(), Math.max(paceMs, (performance.now() - begun) / share));
  }

  async #look(): Promise<void> {
    const listeners = await readListeners();
    const now = listeners ? await this.#amongListeners(listeners) : await this.#asNamed();
    if (this.#isOver) return;
    const ids = new Set(now.map(({ id }) => id));
    const gone = this.sessions.filter(({ id }) => !ids.has(id));
    const came = now.filter(({ id }) => !this.#held.has(id));
    for (const { id } of gone) this.#held.delete(id);
    for (const session of came) this.#held.set(session.id, session);
    if (came.length > 0 || gone.length > 0) this.#told({ came, gone });
  }

  /** A worker on another machine, in a terminal that leads there, names places that are not here. */
  async #asNamed(): Promise<readonly WaitingSession[]> {
    for (const session of this.#named.values())
      if (!this.#held.has(session.id) && !(await isTaken(session.place.port))) this.#named.delete(session.place.port);
    return [...this.#named.values()];
  }

  async #amongListeners(listeners: readonly Listener[]): Promise<readonly WaitingSession[]> {
    for (const port of this.#named.keys())
      if (!listeners.some((listener) => listener.port === port)) this.#named.delete(port);
    const workers = this.#workers.pids();
    const bases = await this.#portBases(workers);
    const inReach = listeners.filter(
      ({ port }) => this.#named.has(port) || bases.some((base) => port >= base && port < base + childPorts),
    );
    await this.#learnOwners(inReach);
    return inReach.flatMap((listener) => this.#sessionAt(listener, bases, workers) ?? []);
  }

  #sessionAt(listener: Listener, bases: readonly number[], workers: ReadonlySet<number>): WaitingSession | null {
    const owner = this.#owners.get(listener.inode) ?? null;
    if (!owner || !isCelery(owner, workers) || !isLikely(listener, owner, bases, workers))
      return this.#named.get(listener.port) ?? null;
    const { pid, parentPid } = owner;
    const since = this.#held.get(listener.inode)?.since ?? Date.now();
    const place = { host: listener.host, port: listener.port };
    return { id: listener.inode, place, process: { pid, parentPid }, since };
  }

  /** A socket keeps its owner: it is looked up once. */
  async #learnOwners(listeners: readonly Listener[]): Promise<void> {
    const inodes = listeners.map(({ inode }) => inode);
    const unknown = new Set(inodes.filter((inode) => !this.#owners.has(inode)));
    const found = unknown.size > 0 ? await findOwners(unknown) : new Map<string, Owner>();
    this.#owners = new Map(inodes.map((inode) => [inode, this.#owners.get(inode) ?? found.get(inode) ?? null]));
  }

  async #portBases(workers: ReadonlySet<number>): Promise<readonly number[]> {
    for (const pid of this.#bases.keys()) if (!workers.has(pid)) this.#bases.delete(pid);
    for (const pid of workers) if (!this.#bases.has(pid)) this.#bases.set(pid, await portBaseOf(pid));
    const own = Number(process.env['CELERY_RDB_PORT']) || firstPort;
    return [...new Set([own, firstPort, ...[...this.#bases.values()].filter((base) => base !== null)])];
  }
}

/** A worker may listen for other reasons; far above the first port only the children of pools have their debuggers. */
const isLikely = (
  { port }: Listener,
  { parentPid }: Owner,
  bases: readonly number[],
  workers: ReadonlySet<number>,
): boolean => workers.has(parentPid) || bases.some((base) => port >= base && port < base + searchedPorts);
