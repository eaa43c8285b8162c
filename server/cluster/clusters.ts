import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { createBroker } from '../brokers/createBroker.ts';
import { Cluster } from './cluster.ts';

/** The clusters one process watches, by id. */
export class Clusters {
  private readonly open = new Map<string, Cluster>();
  private readonly epoch: string;
  private readonly log: (sentence: string) => void;
  private lives = 0;

  constructor(epoch: string, log: (sentence: string) => void) {
    this.epoch = epoch;
    this.log = log;
  }

  /** Opens a cluster, in place of the one that had the same id. */
  async start(connection: ConnectionConfig): Promise<Cluster> {
    const broker = createBroker(connection);
    await this.stop(connection.id);
    this.lives += 1;
    const epoch = `${this.epoch}.${this.lives}`;
    const cluster = new Cluster({ connection, broker, epoch, now: Date.now, log: this.log });
    this.open.set(connection.id, cluster);
    cluster.start();
    return cluster;
  }

  get(clusterId: string): Cluster {
    const cluster = this.open.get(clusterId);
    if (!cluster) throw new CeleriacError('notFound', `There is no open connection "${clusterId}".`);
    return cluster;
  }

  async stop(clusterId: string): Promise<void> {
    const cluster = this.open.get(clusterId);
    this.open.delete(clusterId);
    await cluster?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.stop(id)));
  }
}
