import type { FailureGroup } from '../../server/api/failures.ts';

export interface ClusterName {
  readonly clusterId: string;
  readonly name: string;
}

type Condition = 'workersLost' | 'brokerAlarm';

/** Failures of one kind that have just come. */
export interface NewFailures {
  readonly group: FailureGroup;
  /** How many there are more than before. */
  readonly added: number;
  /** The first of its kind that was ever heard of. */
  readonly isNew: boolean;
}

/** Something that happened just now; what a history holds is never one. */
export type Signal =
  | { readonly kind: 'failures'; readonly cluster: ClusterName; readonly failures: readonly NewFailures[] }
  | {
      readonly kind: 'condition';
      readonly cluster: ClusterName;
      readonly condition: Condition;
      readonly holds: boolean;
      /** How many workers; what the broker says. */
      readonly detail: string;
    }
  /** The first time that this window hears of the cluster. */
  | { readonly kind: 'connected'; readonly cluster: ClusterName }
  | { readonly kind: 'tick' };

/** Failures of one kind within the last minute, as a toast counts them. */
export interface ReportedFailures {
  readonly group: FailureGroup;
  readonly inLastMinute: number;
}

export type Toast =
  | {
      readonly kind: 'failures';
      readonly cluster: ClusterName;
      /** The most frequent first. */
      readonly told: readonly ReportedFailures[];
      /** Toasts that were held back since the last one. */
      readonly heldBack: number;
    }
  | {
      readonly kind: 'condition';
      readonly cluster: ClusterName;
      readonly condition: Condition;
      readonly detail: string;
      readonly heldBack: number;
    };

/** Good news, for the status bar. */
export interface Recovery {
  readonly cluster: ClusterName;
  readonly condition: Condition;
}
