import { applyChanges, type Change, type ChangeBatch, isNext } from '../server/api/change.ts';
import type { ClusterSnapshot } from '../server/api/model.ts';

/** What happened to one cluster's mirror: single changes, or everything at once (`null`). */
export interface MirrorChange {
  readonly clusterId: string;
  readonly changes: readonly Change[] | null;
}

/**
 * The extension's copy of the engine's snapshots. It only follows: a batch that does not fit on what is here is not
 * applied but answered with a request for a snapshot, and until that comes the old one stays.
 */
export class Mirror {
  private readonly clusters = new Map<string, ClusterSnapshot>();
  private readonly asking = new Set<string>();
  private readonly listeners = new Set<(change: MirrorChange) => void>();
  private readonly fetchSnapshot: (clusterId: string) => Promise<ClusterSnapshot>;
  private readonly failed: (error: unknown) => void;

  constructor(fetchSnapshot: (clusterId: string) => Promise<ClusterSnapshot>, failed: (error: unknown) => void) {
    this.fetchSnapshot = fetchSnapshot;
    this.failed = failed;
  }

  get snapshots(): ReadonlyMap<string, ClusterSnapshot> {
    return this.clusters;
  }

  onDidChange(listener: (change: MirrorChange) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Resolves when no connection is in its first attempt any more, or the time is over. */
  async settled(limitMs: number): Promise<void> {
    const isSettled = (): boolean =>
      [...this.clusters.values()].every(({ link }) => link.kind !== 'connecting' || link.attempt > 1);
    const done = Promise.withResolvers<void>();
    const timer = setTimeout(done.resolve, limitMs);
    const listener = this.onDidChange(() => isSettled() && done.resolve());
    if (isSettled()) done.resolve();
    await done.promise;
    clearTimeout(timer);
    listener.dispose();
  }

  replace(snapshot: ClusterSnapshot): void {
    this.clusters.set(snapshot.clusterId, snapshot);
    this.tell({ clusterId: snapshot.clusterId, changes: null });
  }

  remove(clusterId: string): void {
    if (this.clusters.delete(clusterId)) this.tell({ clusterId, changes: null });
  }

  apply(batch: ChangeBatch): void {
    const snapshot = this.clusters.get(batch.clusterId);
    if (!snapshot) return;
    if (!isNext(snapshot.version, batch)) {
      if (isOld(snapshot, batch)) return;
      void this.catchUp(batch.clusterId);
      return;
    }
    this.clusters.set(batch.clusterId, applyChanges(snapshot, batch));
    this.tell({ clusterId: batch.clusterId, changes: batch.changes });
  }

  private async catchUp(clusterId: string): Promise<void> {
    if (this.asking.has(clusterId)) return;
    this.asking.add(clusterId);
    try {
      const snapshot = await this.fetchSnapshot(clusterId);
      if (this.clusters.has(clusterId)) this.replace(snapshot);
    } catch (error) {
      this.failed(error);
    } finally {
      this.asking.delete(clusterId);
    }
  }

  private tell(change: MirrorChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

/** A batch that the snapshot already contains: it was on its way while the snapshot was taken. */
const isOld = (snapshot: ClusterSnapshot, batch: ChangeBatch): boolean =>
  batch.version.epoch === snapshot.version.epoch && batch.version.number <= snapshot.version.number;
