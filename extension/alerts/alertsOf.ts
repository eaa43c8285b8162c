import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

type Snapshots = ReadonlyMap<string, ClusterSnapshot>;

export interface AlertOfCluster {
  readonly cluster: ClusterSnapshot;
  readonly alert: Alert;
}

const ranks: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, info: 2 };

export const isMutedAlert = ({ mutedUntil }: Alert, now: number): boolean => mutedUntil !== null && mutedUntil > now;

/** The worst first; what somebody has taken note of comes after what nobody has. */
export const alertsOf = (snapshots: Snapshots, now: number, which: 'open' | 'muted' | 'all'): AlertOfCluster[] =>
  [...snapshots.values()]
    .flatMap((cluster) => Object.values(cluster.alerts).map((alert) => ({ cluster, alert })))
    .filter(({ alert }) => which === 'all' || isMutedAlert(alert, now) === (which === 'muted'))
    .sort((a, b) => byUrgency(a.alert, b.alert));

const byUrgency = (a: Alert, b: Alert): number =>
  Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) ||
  ranks[a.severity] - ranks[b.severity] ||
  b.since - a.since ||
  (a.id < b.id ? -1 : 1);
