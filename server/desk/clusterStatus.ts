import type { ClusterStatus } from '../api/answerBodies.ts';
import type { ClusterSnapshot } from '../api/model.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { Cluster } from '../cluster/cluster.ts';

/** The part of a snapshot that the status shows. */
type StatusSnapshot = Pick<
  ClusterSnapshot,
  'maskedUrl' | 'brokerKind' | 'link' | 'workers' | 'beats' | 'verdict' | 'counters' | 'gaps' | 'waiting'
>;

/** Everything the status shows, of one moment. */
export interface StatusView<Snapshot extends StatusSnapshot = StatusSnapshot> {
  readonly snapshot: Snapshot;
  readonly queues: readonly GroupStats[];
  readonly types: readonly GroupStats[];
  readonly workers: readonly GroupStats[];
  readonly now: number;
}

export const viewOf = (cluster: Cluster): StatusView<ClusterSnapshot> => {
  const now = Date.now();
  return {
    snapshot: cluster.snapshot(),
    queues: cluster.state.queueStats(now),
    types: cluster.state.typeStats(now),
    workers: cluster.state.workerStats(now),
    now,
  };
};

/** The status for programs: the engine's own names; times are milliseconds since 1970. */
export const statusOf = ({ snapshot, queues, types, workers, now }: StatusView): ClusterStatus => {
  const statsOf = new Map(workers.map((group) => [group.name, group]));
  return {
    at: now,
    broker: { url: snapshot.maskedUrl, kind: snapshot.brokerKind, link: snapshot.link },
    health: snapshot.verdict,
    workers: Object.fromEntries(
      Object.entries(snapshot.workers).map(([hostname, worker]) => [
        hostname,
        { ...worker, stats: statsOf.get(hostname) ?? null },
      ]),
    ),
    beats: Object.values(snapshot.beats),
    queues,
    types,
    counters: snapshot.counters,
    gaps: snapshot.gaps,
    waiting: Object.values(snapshot.waiting),
  };
};

/** What `statusOf` was made from. */
export const viewFrom = (status: ClusterStatus): StatusView => ({
  snapshot: {
    maskedUrl: status.broker.url,
    brokerKind: status.broker.kind,
    link: status.broker.link,
    workers: status.workers,
    beats: Object.fromEntries(status.beats.map((beat) => [beat.hostname, beat])),
    verdict: status.health,
    counters: status.counters,
    gaps: status.gaps,
    waiting: Object.fromEntries(status.waiting.map((session) => [session.id, session])),
  },
  queues: status.queues,
  types: status.types,
  workers: Object.values(status.workers).flatMap(({ stats }) => stats ?? []),
  now: status.at,
});
