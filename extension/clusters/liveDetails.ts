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
  /** The data has changed. */
  changed(): void;
  failed(error: unknown): void;
}

/** The open rows of one cluster, whose data has to be fresh. */
export interface OpenRows {
  readonly snapshot: ClusterSnapshot;
  readonly hostnames: readonly string[];
  readonly showsTaskTypes: boolean;
}

/** The most workers that are asked each time, however many rows are open. */
const workersAtOnce = 50;
const quietEveryMs = 30_000;
/** How long a worker may take until its first heartbeat is heard. */
const firstHeardWithinMs = 5_000;

/**
 * Data that open rows need beyond the snapshot: the tasks of workers, the figures of task types, workers that send no
 * heartbeats. Each stays until newer data arrives.
 */
export class LiveDetails {
  readonly details = new Map<string, WorkerDetail>();
  readonly taskTypes = new Map<string, readonly TaskTypeFigures[]>();
  readonly quietWorkers = new Map<string, QuietWorkers>();
  readonly #quietAskedAt = new Map<string, number>();
  readonly #running = new Set<string>();
  readonly #asking: Asking;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Asks again for all open rows; never twice at once for the same. */
  async refresh({ snapshot, hostnames, showsTaskTypes }: OpenRows): Promise<void> {
    const { clusterId, link } = snapshot;
    void this.#once(`look:${clusterId}`, async () => {
      await this.#asking.look(clusterId);
    });
    if (showsTaskTypes) void this.#once(`types:${clusterId}`, () => this.readTaskTypes(clusterId));
    if (link.kind !== 'live') return;
    const now = this.#asking.now();
    const isQuietDue = now - (this.#quietAskedAt.get(clusterId) ?? 0) >= quietEveryMs;
    if (isQuietDue && now - link.since >= firstHeardWithinMs) {
      this.#quietAskedAt.set(clusterId, now);
      void this.#once(`quiet:${clusterId}`, () => this.#readQuietWorkers(clusterId));
    }
    const mayAnswer = (hostname: string): boolean => {
      const worker = snapshot.workers[hostname];
      return worker === undefined || !hasJustLeft(worker, now);
    };
    const open = hostnames.filter(mayAnswer).slice(0, workersAtOnce);
    // Workers that did not answer last time are asked apart, so that the others need not wait for them.
    const silent = open.filter((hostname) => this.#wasSilent(clusterId, hostname));
    const answering = open.filter((hostname) => !silent.includes(hostname));
    void this.#readWorkers(clusterId, 'answering', answering);
    void this.#readWorkers(clusterId, 'silent', silent);
  }

  /** A worker that was just opened is asked at once. */
  async open(snapshot: ClusterSnapshot, hostname: string): Promise<void> {
    if (snapshot.link.kind === 'live') await this.#readWorkers(snapshot.clusterId, hostname, [hostname]);
  }

  async readTaskTypes(clusterId: string): Promise<void> {
    this.taskTypes.set(clusterId, await this.#asking.taskTypes(clusterId));
    this.#asking.changed();
  }

  /** Forgets clusters and workers that no longer exist. */
  keepOnly(snapshots: ReadonlyMap<string, ClusterSnapshot>): void {
    for (const known of [this.taskTypes, this.quietWorkers, this.#quietAskedAt])
      for (const clusterId of known.keys()) if (!snapshots.has(clusterId)) known.delete(clusterId);
    const living = new Set<string>();
    for (const { clusterId, workers } of snapshots.values())
      for (const hostname of Object.keys(workers)) living.add(workerKey({ clusterId, hostname }));
    for (const id of this.details.keys()) if (!living.has(id)) this.details.delete(id);
  }

  async #readWorkers(clusterId: string, batch: string, hostnames: readonly string[]): Promise<void> {
    if (hostnames.length === 0) return;
    await this.#once(`workers:${clusterId}:${batch}`, async () => {
      for (const detail of await this.#asking.workerDetails(clusterId, hostnames)) {
        const key = workerKey({ clusterId, hostname: detail.hostname });
        this.details.set(key, withPoolOf(detail, this.details.get(key)));
      }
      this.#asking.changed();
    });
  }

  async #readQuietWorkers(clusterId: string): Promise<void> {
    this.quietWorkers.set(clusterId, await this.#asking.quietWorkers(clusterId));
    this.#asking.changed();
  }

  #wasSilent(clusterId: string, hostname: string): boolean {
    const detail = this.details.get(workerKey({ clusterId, hostname }));
    return detail !== undefined && detail.active.problem !== null;
  }

  async #once(key: string, ask: () => Promise<void>): Promise<void> {
    if (this.#running.has(key)) return;
    this.#running.add(key);
    try {
      await ask();
    } catch (error) {
      this.#asking.failed(error);
    } finally {
      this.#running.delete(key);
    }
  }
}

/** A worker that stops answering keeps its pool. */
const withPoolOf = (detail: WorkerDetail, before: WorkerDetail | undefined): WorkerDetail =>
  detail.pool === null && before ? { ...detail, pool: before.pool, poolSize: before.poolSize } : detail;
