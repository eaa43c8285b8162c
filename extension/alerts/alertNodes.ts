import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

/** A place in the Alerts view. */
export type AlertNode =
  | { readonly kind: 'alert'; readonly id: string; readonly clusterId: string; readonly alertId: string }
  | {
      readonly kind: 'sentence' | 'recommendation';
      readonly id: string;
      readonly clusterId: string;
      readonly alertId: string;
    };

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

export const alertNode = (clusterId: string, alertId: string): AlertNode => ({
  kind: 'alert',
  id: `alert:${clusterId}:${alertId}`,
  clusterId,
  alertId,
});

/** What stands below an alert. */
export const alertTextNodes = (clusterId: string, { id: alertId, recommendation }: Alert): AlertNode[] =>
  (['sentence', ...(recommendation ? ['recommendation' as const] : [])] as const).map((kind) => ({
    kind,
    id: `${kind}:${clusterId}:${alertId}`,
    clusterId,
    alertId,
  }));
