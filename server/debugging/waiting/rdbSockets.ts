import { firstPort, searchedPorts } from '../../api/rdbPlace.ts';
import type { Listener } from './listeners.ts';
import { findOwners, isCelery, type Owner, portBaseOf } from './owners.ts';
import type { SeenSession } from './watcher.ts';

/** The children of a pool are numbered, and each has its port; whoever replaces its children often gets far. */
const childPorts = 1_000;

interface Known {
  /** The main processes of workers. */
  readonly workers: ReadonlySet<number>;
  /** Sessions that were heard of, by their port. */
  readonly named: ReadonlyMap<number, SeenSession>;
  /** What was found at the last look. */
  readonly held: readonly SeenSession[];
}

/** Which sockets that listen are those of rdb. Remembers whose they are: a socket keeps its owner. */
export class RdbSockets {
  #owners = new Map<string, Owner | null>();
  readonly #bases = new Map<number, number | null>();

  async sessions(listeners: readonly Listener[], known: Known): Promise<readonly SeenSession[]> {
    const bases = await this.#portBases(known.workers);
    const inReach = listeners.filter(
      ({ port }) => known.named.has(port) || bases.some((base) => port >= base && port < base + childPorts),
    );
    await this.#learnOwners(inReach);
    return inReach.flatMap((listener) => this.#sessionAt(listener, bases, known) ?? []);
  }

  #sessionAt(listener: Listener, bases: readonly number[], { workers, named, held }: Known): SeenSession | null {
    const owner = this.#owners.get(listener.inode) ?? null;
    if (!owner || !isCelery(owner, workers) || !isLikely(listener, owner, bases, workers))
      return named.get(listener.port) ?? null;
    const { pid, parentPid } = owner;
    const since = held.find(({ id }) => id === listener.inode)?.since ?? Date.now();
    const place = { host: listener.host, port: listener.port };
    return { id: listener.inode, place, process: { pid, parentPid }, since };
  }

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
