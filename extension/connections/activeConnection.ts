import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Mirror } from '../mirror.ts';

/** Where the choice is kept: VS Code's workspace state, or a map in a test. */
export interface ChoiceMemory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): unknown;
}

const memoryKey = 'celeriac.activeConnection';

/**
 * The connection that the status bar shows and that palette commands mean: the one the user switched to in this
 * workspace, or else the first that is connected.
 */
export class ActiveConnection {
  private readonly mirror: Mirror;
  private readonly memory: ChoiceMemory;
  private readonly listeners = new Set<(clusterId: string | null) => void>();
  private readonly following: { dispose(): void };
  private current: string | null = null;

  constructor(mirror: Mirror, memory: ChoiceMemory) {
    this.mirror = mirror;
    this.memory = memory;
    this.current = this.find();
    this.following = mirror.onDidChange(({ changes }) => {
      if (changes === null || changes.some(({ kind }) => kind === 'link')) this.follow();
    });
  }

  /** Null while there is no connection at all. */
  get clusterId(): string | null {
    return this.current;
  }

  get snapshot(): ClusterSnapshot | null {
    return this.current === null ? null : (this.mirror.snapshots.get(this.current) ?? null);
  }

  onDidChange(listener: (clusterId: string | null) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  choose(clusterId: string): void {
    this.memory.update(memoryKey, clusterId);
    this.follow();
  }

  dispose(): void {
    this.following.dispose();
    this.listeners.clear();
  }

  private find(): string | null {
    return pickActive(this.memory.get<string>(memoryKey) ?? null, this.current, this.mirror.snapshots);
  }

  private follow(): void {
    const found = this.find();
    if (found === this.current) return;
    this.current = found;
    for (const listener of this.listeners) listener(found);
  }
}

/** A choice stands while its connection exists, also while that is down; without one, whatever is active stays so. */
const pickActive = (
  chosen: string | null,
  current: string | null,
  snapshots: ReadonlyMap<string, ClusterSnapshot>,
): string | null => {
  if (chosen !== null && snapshots.has(chosen)) return chosen;
  const isLive = (clusterId: string): boolean => snapshots.get(clusterId)?.link.kind === 'live';
  if (current !== null && isLive(current)) return current;
  const ids = [...snapshots.keys()];
  return ids.find(isLive) ?? (current !== null && snapshots.has(current) ? current : (ids[0] ?? null));
};
