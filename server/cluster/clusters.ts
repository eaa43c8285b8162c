import { CeleriacError, toErrorData } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { RdbWords } from '../api/rdbReader.ts';
import type { FoundWaiting } from '../api/waiting.ts';
import { createBroker } from '../brokers/createBroker.ts';
import { secretsOf } from '../brokers/secretsOf.ts';
import { WaitingWatch } from '../debugging/waiting/waitingWatch.ts';
import type { History } from '../history/history.ts';
import { openHistory } from '../history/openHistory.ts';
import type { Outlet } from '../outlet/outlet.ts';
import { Cluster } from './cluster.ts';
import { divideMemory, type MemoryThere } from './memoryBudget.ts';
import { memoryThere } from './memoryThere.ts';
import { ownName } from './ownName.ts';
import { TaskDesk } from './taskDesk.ts';

export interface ClustersParts {
  /** Tells this process's clusters from those of another. */
  readonly epoch: string;
  readonly log: (sentence: string) => void;
  /** Is told of each secret that the log has to leave out. */
  readonly hide?: (secret: string) => void;
  /** The bundle that writes history on a thread of its own. */
  readonly historyWorkerFile: string;
}

interface Open {
  readonly cluster: Cluster;
  readonly history: History | null;
  readonly tasks: TaskDesk;
}

/** Whoever knows the open clusters by their ids. */
export type OpenClusters = Pick<Clusters, 'get' | 'tasks'>;

const dayMs = 86_400_000;

/** The clusters one process watches, by id. */
export class Clusters {
  /** One for all of them: they look at the same machine. */
  readonly waiting = new WaitingWatch();
  private readonly open = new Map<string, Open>();
  private readonly parts: ClustersParts;
  private lives = 0;

  constructor(parts: ClustersParts) {
    this.parts = parts;
  }

  /** Opens a cluster, in place of the one that had the same id. */
  async start(connection: ConnectionConfig, historyFolder: string | null): Promise<Cluster> {
    for (const secret of secretsOf(connection)) this.parts.hide?.(secret);
    const broker = createBroker(connection);
    const former = this.open.get(connection.id)?.cluster.connection;
    await this.stop(connection.id);
    this.lives += 1;
    const { log } = this.parts;
    const epoch = `${this.parts.epoch}.${this.lives}`;
    const opening = historyFolder === null ? null : this.openHistory(connection, historyFolder);
    // The history opens on a thread of its own.
    broker.prepare?.();
    const history = await opening;
    const memory = divideMemory(shareOf(memoryThere()));
    const kept = history ? { history } : {};
    const cluster = new Cluster({
      connection,
      broker,
      epoch,
      now: Date.now,
      log,
      memory,
      waiting: this.waiting,
      ...kept,
    });
    this.open.set(connection.id, { cluster, history, tasks: new TaskDesk(connection, cluster, history) });
    await cluster.restore();
    if (former && history) await this.auditReadOnly(former, connection, history);
    cluster.start();
    return cluster;
  }

  /** Who may change a cluster is a change of its own, although no worker hears of it. */
  private async auditReadOnly(former: ConnectionConfig, connection: ConnectionConfig, history: History): Promise<void> {
    const isReadOnly = connection.isReadOnly ?? false;
    if ((former.isReadOnly ?? false) === isReadOnly) return;
    const action = isReadOnly ? 'make read-only' : 'make writable';
    const entry = { at: Date.now(), who: ownName(), action, target: connection.name, parameters: {} };
    await history
      .appendAudit({ ...entry, outcome: 'done', sentence: null })
      .catch((error) => this.parts.log(toErrorData(error).sentence));
  }

  get(clusterId: string): Cluster {
    return this.opened(clusterId).cluster;
  }

  /** Null: there is no open connection of that id. */
  outlet(clusterId: string): Outlet | null {
    return this.open.get(clusterId)?.cluster.outlet ?? null;
  }

  /** What pages about single tasks are made from. */
  tasks(clusterId: string): TaskDesk {
    return this.opened(clusterId).tasks;
  }

  /** Every task of this machine that waits in rdb, that of no open cluster too. */
  async lookForRdb(heard: readonly RdbWords[]): Promise<readonly FoundWaiting[]> {
    const seen = await this.waiting.hear(heard);
    const found = new Map(
      seen.map((each): [string, FoundWaiting] => [
        each.id,
        { clusterId: null, session: { ...each, hostname: null, task: null } },
      ]),
    );
    await Promise.all([...this.open.values()].map(({ cluster }) => cluster.waiting.complete()));
    for (const [clusterId, { cluster }] of this.open)
      for (const session of cluster.waiting.sessions)
        if (session.hostname !== null) found.set(session.id, { clusterId, session });
    return [...found.values()];
  }

  async stop(clusterId: string): Promise<void> {
    const open = this.open.get(clusterId);
    this.open.delete(clusterId);
    await open?.cluster.stop();
    await open?.tasks.close();
    await open?.history?.close();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.stop(id)));
  }

  private opened(clusterId: string): Open {
    const open = this.open.get(clusterId);
    if (!open) throw new CeleriacError('notFound', phrase('cluster.notOpen', { id: clusterId }));
    return open;
  }

  private openHistory({ id, historyDays, redactPatterns }: ConnectionConfig, folder: string): Promise<History> {
    const { log, historyWorkerFile } = this.parts;
    const retention = historyDays === undefined ? {} : { maxAgeMs: historyDays * dayMs };
    const shared = { folder, connectionId: id, workerFile: historyWorkerFile, log, now: Date.now, retention };
    return openHistory({ ...shared, ...(redactPatterns === undefined ? {} : { redactPatterns }) });
  }
}

/** An editor has few clusters open, and the machine is not ours alone. */
const clustersAtOnce = 4;

const shareOf = ({ bytes, heapBytes }: MemoryThere): MemoryThere => ({
  bytes: bytes / clustersAtOnce,
  heapBytes: heapBytes / clustersAtOnce,
});
