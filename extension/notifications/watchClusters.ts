import type { FailureGroup } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { ClusterName, NewFailures, Signal } from './toasts.ts';

interface Seen {
  /** Since when this window listens: what failed before is history. */
  readonly since: number;
  readonly counts: Map<string, number>;
  hasBeenLive: boolean;
}

/** Turns what the mirror holds into signals: only what happens while this window looks on. */
export class WatchClusters {
  private readonly seen = new Map<string, Seen>();

  /** Call it after every change; `changed` names the groups that did, null: any may have. */
  follow(snapshot: ClusterSnapshot, changed: readonly string[] | null, now: number): readonly Signal[] {
    const { clusterId, name } = snapshot;
    const cluster: ClusterName = { clusterId, name };
    const seen = this.seen.get(clusterId);
    if (!seen) {
      const counts = new Map(Object.values(snapshot.failures).map(({ id, count }) => [id, count]));
      const isLive = snapshot.link.kind === 'live';
      this.seen.set(clusterId, { since: now, counts, hasBeenLive: isLive });
      return [...(isLive ? [{ kind: 'connected', cluster } as const] : []), ...conditionsOf(snapshot, cluster)];
    }
    const comesLive = !seen.hasBeenLive && snapshot.link.kind === 'live';
    seen.hasBeenLive ||= comesLive;
    const groups = changed ?? Object.keys(snapshot.failures);
    const failures = groups.flatMap((id) => newFailures(snapshot.failures[id], seen));
    const signals: Signal[] = [
      ...(comesLive ? [{ kind: 'connected', cluster } as const] : []),
      ...conditionsOf(snapshot, cluster),
    ];
    return failures.length === 0 ? signals : [{ kind: 'failures', cluster, failures }, ...signals];
  }

  forget(clusterId: string): void {
    this.seen.delete(clusterId);
  }
}

/** A count that has grown is news, unless all of it is older than this window. */
const newFailures = (group: FailureGroup | undefined, { since, counts }: Seen): NewFailures[] => {
  if (!group) return [];
  const before = counts.get(group.id);
  counts.set(group.id, group.count);
  const added = group.count - (before ?? 0);
  if (added <= 0 || group.lastSeenAt < since) return [];
  if (before !== undefined) return [{ group, added, isNew: false }];
  const isNew = group.firstSeenAt >= since;
  return [{ group, added: isNew ? added : 1, isNew }];
};

/** Nothing is said about workers and the broker while the connection is down. */
const conditionsOf = ({ link, workers }: ClusterSnapshot, cluster: ClusterName): Signal[] => {
  if (link.kind !== 'live') return [];
  const expected = Object.values(workers).filter(({ status }) => status !== 'offline');
  const areLost = expected.length > 0 && expected.every(({ status }) => status === 'lost');
  const names = expected.map(({ hostname }) => hostname).sort();
  const detail = names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
  return [
    { kind: 'condition', cluster, condition: 'workersLost', holds: areLost, detail },
    {
      kind: 'condition',
      cluster,
      condition: 'brokerAlarm',
      holds: link.blocked !== null,
      detail: link.blocked?.sentence ?? '',
    },
  ];
};
