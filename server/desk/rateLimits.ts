import type { WorkerReply } from '../api/control.ts';
import { wordOf } from '../celery/wordOf.ts';
import type { Cluster } from '../cluster/cluster.ts';

/** Workers of a cluster rarely differ in this, and a large cluster need not answer. */
const workersAsked = 3;
const answerWithinMs = 1_000;

type Limits = ReadonlyMap<string, string>;

/** The rate limits of the task types of clusters, as last reported. Whoever reads them has them asked for again. */
export class RateLimits {
  readonly #known = new Map<string, Limits>();
  readonly #asking = new Set<string>();

  read(clusterId: string, cluster: Pick<Cluster, 'linkState' | 'operations' | 'state'>): Limits {
    if (cluster.linkState.kind === 'live' && !this.#asking.has(clusterId)) {
      this.#asking.add(clusterId);
      void this.#ask(clusterId, cluster).finally(() => this.#asking.delete(clusterId));
    }
    return this.#known.get(clusterId) ?? new Map();
  }

  async #ask(clusterId: string, { operations, state }: Pick<Cluster, 'operations' | 'state'>): Promise<void> {
    const online = [...state.workers.values()].filter(({ status }) => status === 'online');
    const destination = online.slice(0, workersAsked).map(({ hostname }) => hostname);
    if (destination.length === 0) return;
    const ask = {
      method: 'registered',
      arguments: { taskinfoitems: ['rate_limit'] },
      destination,
      timeoutMs: answerWithinMs,
    };
    // Without an answer the last one stays.
    const replies = await operations.inspect(ask).then(
      (outcome) => outcome.replies,
      () => [],
    );
    if (replies.some(({ kind }) => kind === 'answered')) this.#known.set(clusterId, limitsIn(replies));
  }
}

/** celery/worker/control.py: registered writes "shop.charge [rate_limit=10/m]". A removed limit is 0. */
export const limitsIn = (replies: readonly WorkerReply[]): Limits => {
  const limits = new Map<string, string>();
  for (const reply of replies) {
    if (reply.kind !== 'answered' || !Array.isArray(reply.value)) continue;
    for (const each of reply.value) {
      const [name = '', listed = ''] = wordOf(each).split(' [', 2);
      const field = listed
        .replace(']', '')
        .split(' ')
        .find((word) => word.startsWith(prefix));
      const limit = field?.slice(prefix.length) ?? '';
      if (Number.parseFloat(limit) > 0) limits.set(name, limit);
    }
  }
  return limits;
};

const prefix = 'rate_limit=';
