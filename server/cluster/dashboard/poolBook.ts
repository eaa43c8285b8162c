import { isRecord } from '../../celery/isRecord.ts';
import type { Cluster } from '../cluster.ts';

export interface Pool {
  readonly slots: number | null;
  readonly memoryBytes: number | null;
}

const askEveryMs = 60_000;
const askSoonMs = 10_000;

/** How many tasks each worker can run at once; asked about once a minute, and only while somebody looks. */
export class PoolBook {
  private readonly pools = new Map<string, Pool>();
  private readonly cluster: Cluster;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  of(hostname: string): Pool | null {
    return this.pools.get(hostname) ?? null;
  }

  /** Asks again when it is time; who looks does not wait for the answer. */
  look(now: number): void {
    const { workers } = this.cluster.state;
    const isNew = [...workers.values()].some(({ hostname, status }) => status === 'online' && !this.of(hostname));
    if (now - this.askedAt < (isNew ? askSoonMs : askEveryMs) || workers.size === 0) return;
    if (this.cluster.linkState.kind !== 'live') return;
    this.askedAt = now;
    this.ask().catch(() => {
      // Without an answer the sizes stay unknown, which is shown; the next look asks again.
    });
  }

  private async ask(): Promise<void> {
    const { replies } = await this.cluster.operations.ask({ method: 'stats', arguments: {}, timeoutMs: 2_000 });
    for (const reply of replies) if (reply.kind === 'answered') this.pools.set(reply.hostname, poolOf(reply.value));
  }
}

/** `stats` (celery/worker/worker.py: stats, rusage). */
export const poolOf = (value: unknown): Pool => {
  const pool = isRecord(value) && isRecord(value['pool']) ? value['pool'] : {};
  const rusage = isRecord(value) && isRecord(value['rusage']) ? value['rusage'] : {};
  const slots = pool['max-concurrency'];
  const { maxrss } = rusage;
  return {
    slots: typeof slots === 'number' ? slots : null,
    memoryBytes: typeof maxrss === 'number' ? bytesOf(maxrss) : null,
  };
};

/** `maxrss` is in kilobytes on Linux and in bytes on a Mac; hardly a worker takes more than 16 GB. */
const bytesOf = (maxrss: number): number => (maxrss > 16 * 1024 * 1024 ? maxrss : maxrss * 1024);
