import { byUrgency } from '../../server/api/byUrgency.ts';
import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

type Snapshots = ReadonlyMap<string, ClusterSnapshot>;

export interface AlertOfCluster {
  readonly cluster: ClusterSnapshot;
  readonly alert: Alert;
}

export const isMutedAlert = ({ mutedUntil }: Alert, now: number): boolean => mutedUntil !== null && mutedUntil > now;

/** The most urgent first, in the order of the verdict's reasons; acknowledged ones last. */
export const alertsOf = (snapshots: Snapshots, now: number, which: 'open' | 'muted' | 'all'): AlertOfCluster[] =>
  [...snapshots.values()]
    .flatMap((cluster) => Object.values(cluster.alerts).map((alert) => ({ cluster, alert })))
    .filter(({ alert }) => which === 'all' || isMutedAlert(alert, now) === (which === 'muted'))
    .sort(({ alert: a }, { alert: b }) => Number(isAcknowledged(a)) - Number(isAcknowledged(b)) || byUrgency(a, b));

const isAcknowledged = ({ acknowledgedAt }: Alert): boolean => acknowledgedAt !== null;
