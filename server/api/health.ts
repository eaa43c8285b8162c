import type { Phrase } from './phrase.ts';

/** What a health rule finds now about one worker, queue, task type, task or the broker. */
export interface Alert {
  /** The rule and its subject. */
  readonly id: string;
  /** The rule's name, as its settings call it. */
  readonly rule: string;
  readonly severity: Severity;
  readonly subject: AlertSubject;
  /** What is wrong, with the figure and the threshold. */
  readonly sentence: string;
  readonly phrase?: Phrase;
  /** What to do about it. */
  readonly recommendation: string;
  readonly advice?: Phrase;
  readonly figure: number | null;
  readonly threshold: number | null;
  readonly unit: AlertUnit;
  /** Its figure is back within the threshold: it ends once the figure has stayed there for a while. */
  readonly recovering: boolean;
  /** Since when it has been so, which is before it was raised where a rule requires it to last. */
  readonly since: number;
  readonly acknowledgedAt: number | null;
  /** Null: not muted; Infinity does not occur, a mute without end is far in the future. */
  readonly mutedUntil: number | null;
}

export type Severity = 'info' | 'warning' | 'critical';

/** `share`: of one. `times`: so many times as much as usual. */
export type AlertUnit = 'seconds' | 'bytes' | 'share' | 'perSecond' | 'count' | 'times' | 'none';

export interface AlertSubject {
  readonly kind: 'cluster' | 'broker' | 'worker' | 'queue' | 'taskType' | 'task';
  /** The worker's, queue's or task type's name, the task's id; empty for the cluster and the broker. */
  readonly name: string;
}

/** The one verdict on a cluster: every surface shows this level, this word and the first of these reasons. */
export interface Verdict {
  /** `unknown`: there is no live connection, or too little has been heard; `state` says which. */
  readonly level: 'healthy' | 'degraded' | 'unhealthy' | 'unknown';
  readonly state: VerdictState;
  /** When the level last changed. */
  readonly since: number;
  /** The worst first, what is recovering last; empty when healthy. Why the level is unknown, when it is. */
  readonly reasons: readonly VerdictReason[];
}

/**
 * The level, with five kinds of unknown: `disconnected` when nobody asked for a connection, `connecting` for the first time,
 * `offline` while the broker is away and tried again, `collecting` the first figures, `waiting` for a worker. It changes
 * together with the link.
 */
export type VerdictState =
  | Exclude<Verdict['level'], 'unknown'>
  | 'disconnected'
  | 'connecting'
  | 'offline'
  | 'collecting'
  | 'waiting';

export interface VerdictReason {
  readonly severity: Severity;
  /** It is about to end, and no headline. */
  readonly recovering: boolean;
  readonly sentence: string;
  readonly phrase?: Phrase;
  readonly recommendation: string;
  readonly advice?: Phrase;
  readonly alertId: string | null;
}

/** What a person sets for a rule in place of its own figures; what is left out stays. */
interface HealthRuleSetting {
  readonly enabled?: boolean;
  /** An alert of this severity is raised above the figure … */
  readonly info?: number;
  readonly warning?: number;
  readonly critical?: number;
  /** … when it has been above it for so long. */
  readonly infoAfterSeconds?: number;
  readonly warningAfterSeconds?: number;
  readonly criticalAfterSeconds?: number;
}

export type HealthRuleSettings = Readonly<Record<string, HealthRuleSetting>>;

export interface SetHealthRulesParams {
  readonly clusterId: string;
  readonly rules: HealthRuleSettings;
}

export interface AlertParams {
  readonly clusterId: string;
  readonly alertId: string;
}

export interface MuteAlertParams extends AlertParams {
  /** Null: not muted any more. */
  readonly until: number | null;
}

/** What became of one rule in one look. */
export interface Check {
  readonly rule: string;
  readonly watches: string;
  readonly needs: 'now' | 'time';
  readonly isOn: boolean;
  /** How many workers, queues, task types … it had a figure of. */
  readonly subjects: number;
  /** The worst severity it has raised. */
  readonly raised: Severity | null;
  /** The worst figure and the first threshold, as people read them. */
  readonly worst: string | null;
  readonly limit: string | null;
}
