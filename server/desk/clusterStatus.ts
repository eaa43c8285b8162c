import type { ClusterStatus } from '../api/answerBodies.ts';
import type { ClusterSnapshot, Worker } from '../api/model.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { WorkerSurvey } from '../health/workerSurvey.ts';

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
  const snapshot = cluster.snapshot();
  const workers = Object.entries(snapshot.workers).map(
    ([hostname, worker]) => [hostname, asAsked(worker, cluster.health.surveys.get(hostname))] as const,
  );
  return {
    snapshot: { ...snapshot, workers: Object.fromEntries(workers) },
    queues: cluster.state.queueStats(now),
    types: cluster.state.typeStats(now),
    workers: cluster.state.workerStats(now),
    now,
  };
};

/**
 * Whoever is asked for a heartbeat says only that it lives (celery/worker/control.py: heartbeat): what it runs and has begun
 * comes with the next one of its own, two seconds later, or by asking.
 */
const asAsked = (worker: Worker, survey: WorkerSurvey | undefined): Worker => {
  if (!survey?.stats || worker.processed !== null) return worker;
  const { pid, begun } = survey.stats;
  return { ...worker, pid: worker.pid ?? pid, active: worker.active ?? survey.active.length, processed: begun };
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
