import type { CodeDrift } from '../../server/api/codePages.ts';

/** Where the code of the workspace and the workers of each connection differ. */
export class DriftBook {
  private readonly byCluster = new Map<string, readonly CodeDrift[]>();
  private readonly listeners = new Set<() => void>();

  of(clusterId: string): readonly CodeDrift[] {
    return this.byCluster.get(clusterId) ?? [];
  }

  get all(): readonly (readonly [clusterId: string, drift: readonly CodeDrift[]])[] {
    return [...this.byCluster];
  }

  keep(clusterId: string, drift: readonly CodeDrift[]): void {
    if (JSON.stringify(this.of(clusterId)) === JSON.stringify(drift)) return;
    if (drift.length === 0) this.byCluster.delete(clusterId);
    else this.byCluster.set(clusterId, drift);
    for (const listener of this.listeners) listener();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
}
