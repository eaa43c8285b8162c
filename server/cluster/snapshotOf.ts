import type { ClusterSnapshot, ConnectionConfig, Counters, SnapshotVersion } from '../api/model.ts';
import type { Broker } from '../brokers/broker.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { BeatBook } from './beatBook.ts';
import type { FailureDesk } from './failureDesk.ts';
import type { HealthDesk } from './healthDesk.ts';
import type { Lifeline } from './lifeline.ts';
import type { QueueBook } from './queueBook.ts';
import type { WaitingDesk } from './waitingDesk.ts';

interface Shown {
  readonly connection: ConnectionConfig;
  readonly broker: Pick<Broker, 'kind' | 'maskedUrl'>;
  readonly version: SnapshotVersion;
  readonly lifeline: Lifeline;
  readonly state: ClusterState;
  readonly beats: BeatBook;
  readonly queues: QueueBook;
  readonly counters: Counters;
  readonly failures: FailureDesk;
  readonly health: HealthDesk;
  readonly waiting: WaitingDesk;
}

/** All books of a cluster at once. What `takeChanges` tells later leads on from here. */
export const snapshotOf = ({ connection, broker, lifeline, ...shown }: Shown): ClusterSnapshot => ({
  clusterId: connection.id,
  version: shown.version,
  name: connection.name,
  maskedUrl: broker.maskedUrl,
  brokerKind: broker.kind,
  environment: connection.environment ?? 'dev',
  isReadOnly: connection.isReadOnly ?? false,
  link: lifeline.link,
  workers: Object.fromEntries(shown.state.workers),
  beats: Object.fromEntries(shown.beats.all.map((beat) => [beat.hostname, beat])),
  queues: Object.fromEntries(shown.queues.all),
  counters: shown.counters,
  gaps: lifeline.gaps,
  failures: Object.fromEntries(shown.failures.all.map((group) => [group.id, group])),
  alerts: Object.fromEntries(shown.health.alerts.map((alert) => [alert.id, alert])),
  verdict: shown.health.verdict,
  waiting: Object.fromEntries(shown.waiting.sessions.map((session) => [session.id, session])),
});
