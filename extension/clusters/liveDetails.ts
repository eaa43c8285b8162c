import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { QuietWorkers, TaskTypeFigures, WorkerDetail } from '../../server/api/workerDetail.ts';
import { workerKey } from './clusterForest.ts';
import { hasJustLeft } from './worker.ts';

export interface Asking {
  workerDetails(clusterId: string, hostnames: readonly string[]): Promise<readonly WorkerDetail[]>;
  taskTypes(clusterId: string): Promise<readonly TaskTypeFigures[]>;
  quietWorkers(clusterId: string): Promise<QuietWorkers>;
  /** The rows of a cluster are visible. */
  look(clusterId: string): Promise<unknown>;
  now(): number;
  /** Something else is known than before. */
  changed(): void;
  failed(error: unknown): void;
}

/** What is open in the tree of one cluster, and so has to be fresh. */
export interface OpenRows {
  readonly snapshot: ClusterSnapshot;
  readonly hostnames: readonly string[];
  readonly showsTaskTypes: boolean;
}

/** However many rows are open: so many workers are asked each time. */
const workersAtOnce = 50;
const quietEveryMs = 30_000;
/** A worker needs a moment to be heard after we have begun to listen. */
const firstHeardWithinMs = 5_000;

/**
 * What the snapshot does not hold and open rows need: what workers have in hand, the figures of task types, who is there and
 * was never heard. What is known stays until something newer is.
 */
export class LiveDetails {
  readonly details = new Map<string, WorkerDetail>();
  readonly taskTypes = new Map<string, readonly TaskTypeFigures[]>();
  readonly quietWorkers = new Map<string, QuietWorkers>();
  private readonly quietAskedAt = new Map<string, number>();
  private readonly running = new Set<string>();
  private readonly asking: Asking;

  constructor(asking: Asking) {
    this.asking = asking;
  }

  /** Asks again for all that is open; a question that is still on its way is not asked twice. */
  async refresh({ snapshot, hostnames, showsTaskTypes }: OpenRows): Promise<void> {
    const { clusterId, link } = snapshot;
    void this.once(`look:${clusterId}`, async () => {
      await this.asking.look(clusterId);
    });
    if (showsTaskTypes) void this.once(`types:${clusterId}`, () => this.readTaskTypes(clusterId));
    if (link.kind !== 'live') return;
    const now = this.asking.now();
    const isQuietDue = now - (this.quietAskedAt.get(clusterId) ?? 0) >= quietEveryMs;
    if (isQuietDue && now - link.since >= firstHeardWithinMs) {
      this.quietAskedAt.set(clusterId, now);
      void this.once(`quiet:${clusterId}`, () => this.readQuietWorkers(clusterId));
    }
    const mayAnswer = (hostname: string): boolean => {
      const worker = snapshot.workers[hostname];
      return worker === undefined || !hasJustLeft(worker, now);
    };
    const open = hostnames.filter(mayAnswer).slice(0, workersAtOnce);
    // Whoever was silent is waited for in vain, and the others need not wait along.
    const silent = open.filter((hostname) => this.wasSilent(clusterId, hostname));
    const talking = open.filter((hostname) => !silent.includes(hostname));
    void this.readWorkers(clusterId, 'talking', talking);
    void this.readWorkers(clusterId, 'silent', silent);
  }

  /** One that was opened just now does not wait for its turn. */
  async open(snapshot: ClusterSnapshot, hostname: string): Promise<void> {
    if (snapshot.link.kind === 'live') await this.readWorkers(snapshot.clusterId, hostname, [hostname]);
  }

  async readTaskTypes(clusterId: string): Promise<void> {
    this.taskTypes.set(clusterId, await this.asking.taskTypes(clusterId));
    this.asking.changed();
  }

  /** Forgets what belongs to clusters and workers that are gone. */
  keepOnly(snapshots: ReadonlyMap<string, ClusterSnapshot>): void {
    for (const known of [this.taskTypes, this.quietWorkers, this.quietAskedAt])
      for (const clusterId of known.keys()) if (!snapshots.has(clusterId)) known.delete(clusterId);
    const living = new Set<string>();
    for (const { clusterId, workers } of snapshots.values())
      for (const hostname of Object.keys(workers)) living.add(workerKey({ clusterId, hostname }));
    for (const id of this.details.keys()) if (!living.has(id)) this.details.delete(id);
  }

  private async readWorkers(clusterId: string, batch: string, hostnames: readonly string[]): Promise<void> {
    if (hostnames.length === 0) return;
    await this.once(`workers:${clusterId}:${batch}`, async () => {
      for (const detail of await this.asking.workerDetails(clusterId, hostnames)) {
        const key = workerKey({ clusterId, hostname: detail.hostname });
        this.details.set(key, withPoolOf(detail, this.details.get(key)));
      }
      this.asking.changed();
    });
  }

  private async readQuietWorkers(clusterId: string): Promise<void> {
    this.quietWorkers.set(clusterId, await this.asking.quietWorkers(clusterId));
    this.asking.changed();
  }

  private wasSilent(clusterId: string, hostname: string): boolean {
    const detail = this.details.get(workerKey({ clusterId, hostname }));
    return detail !== undefined && detail.active.problem !== null;
  }

  private async once(key: string, ask: () => Promise<void>): Promise<void> {
    if (this.running.has(key)) return;
    this.running.add(key);
    try {
      await ask();
    } catch (error) {
      this.asking.failed(error);
    } finally {
      this.running.delete(key);
    }
  }
}

/** A worker that has fallen silent has the same pool as before. */
const withPoolOf = (detail: WorkerDetail, before: WorkerDetail | undefined): WorkerDetail =>
  detail.pool === null && before ? { ...detail, pool: before.pool, poolSize: before.poolSize } : detail;
