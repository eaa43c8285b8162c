import type { Alert, HealthRuleSettings, Severity } from '../api/health.ts';
import { inWords, type Phrase, phrase } from '../api/phrase.ts';
import { atOnce, forEachOf, type Sliced } from '../state/queries/slices.ts';
import { adviceOf } from './adviceOf.ts';
import type { Measurement } from './measurement.ts';
import type { HealthRule, Level } from './rule.ts';
import { ruleTable } from './ruleTable.ts';
import { type Thresholds, thresholdsOf } from './thresholds.ts';

/** One level of one rule for one subject, from when its figure first passed the threshold. */
interface Condition {
  readonly since: number;
  /** Since when the figure has been low enough to end it; null: it is not. */
  lowSince: number | null;
}

interface Watched {
  readonly conditions: Map<Severity, Condition>;
  alert: Alert | null;
}

/** What became of alerts in one evaluation. */
export interface AlertChanges {
  readonly changed: readonly Alert[];
  readonly gone: readonly Alert[];
}

export interface AlertBookOptions {
  readonly settings?: HealthRuleSettings;
  /** One look at the cluster is all there will be: what must last counts as if it had. */
  readonly atOnce?: boolean;
}

const mutesKept = 2_000;
/** So many take about a millisecond. */
const figuresAtOnce = 1_024;
const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** Holds figures against thresholds over time. Pure; time comes in. */
export class AlertBook {
  private readonly watched = new Map<string, Watched>();
  private readonly mutes = new Map<string, number>();
  private readonly touched = new Set<string>();
  private readonly atOnce: boolean;
  /** The levels that hold now. */
  thresholds: Thresholds;

  constructor({ settings = {}, atOnce = false }: AlertBookOptions = {}) {
    this.thresholds = thresholdsOf(settings);
    this.atOnce = atOnce;
  }

  get all(): readonly Alert[] {
    return [...this.watched.values()].flatMap(({ alert }) => alert ?? []);
  }

  /** From the next evaluation on. */
  set(settings: HealthRuleSettings): void {
    this.thresholds = thresholdsOf(settings);
  }

  evaluate(measurements: readonly Measurement[], now: number): AlertChanges {
    return atOnce(this.evaluateInSlices(measurements, now));
  }

  *evaluateInSlices(measurements: readonly Measurement[], now: number): Sliced<AlertChanges> {
    const changed = new Set<Alert>();
    const gone: Alert[] = [];
    const seen = new Set<string>();
    const step = (measurement: Measurement): void => {
      const id = idOf(measurement);
      // One subject has one figure; a task that both events and its worker tell of comes twice.
      if (seen.has(id)) return;
      seen.add(id);
      this.step(id, measurement, now, changed, gone);
    };
    yield* forEachOf(measurements, step, figuresAtOnce);
    for (const [id, watched] of this.watched) if (!seen.has(id)) this.miss(id, watched, now, gone);
    this.endMutes(now);
    for (const alert of this.takeTouched()) changed.add(alert);
    return { changed: [...changed], gone };
  }

  /** The alerts that were acknowledged or muted since the last evaluation. */
  takeTouched(): readonly Alert[] {
    const alerts = [...this.touched].flatMap((id) => this.watched.get(id)?.alert ?? []);
    this.touched.clear();
    return alerts;
  }

  acknowledge(id: string, now: number): boolean {
    return this.edit(id, (alert) => ({ ...alert, acknowledgedAt: alert.acknowledgedAt ?? now }));
  }

  /** Also for an alert that is not there: it is muted when it comes. */
  mute(id: string, until: number | null): void {
    this.mutes.delete(id);
    if (until !== null) this.mutes.set(id, until);
    for (const oldest of this.mutes.keys()) {
      if (this.mutes.size <= mutesKept) break;
      this.mutes.delete(oldest);
    }
    this.edit(id, (alert) => ({ ...alert, mutedUntil: until }));
  }

  private edit(id: string, change: (alert: Alert) => Alert): boolean {
    const watched = this.watched.get(id);
    if (!watched?.alert) return false;
    watched.alert = change(watched.alert);
    this.touched.add(id);
    return true;
  }

  private step(id: string, measurement: Measurement, now: number, changed: Set<Alert>, gone: Alert[]): void {
    const levels = this.thresholds[measurement.rule];
    const rule: HealthRule = ruleTable[measurement.rule];
    const watched = this.watched.get(id) ?? { conditions: new Map<Severity, Condition>(), alert: null };
    for (const level of levels) stepLevel(watched, level, measurement, rule, now);
    for (const severity of watched.conditions.keys())
      if (!levels.some((level) => level.severity === severity)) watched.conditions.delete(severity);
    const raised = this.raisedLevel(watched, levels, now);
    const before = watched.alert;
    watched.alert = raised && this.alertOf(id, measurement, rule, raised, before);
    if (watched.alert && !sameAlert(watched.alert, before)) changed.add(watched.alert);
    if (!watched.alert && before) gone.push(before);
    if (watched.conditions.size > 0) this.watched.set(id, watched);
    else this.watched.delete(id);
  }

  /** The worst level that has lasted long enough. */
  private raisedLevel(watched: Watched, levels: readonly Level[], now: number) {
    const lasting = levels.filter(({ severity, forSeconds }) => {
      const condition = watched.conditions.get(severity);
      return condition && (this.atOnce || isRaised(watched, severity) || now - condition.since >= forSeconds * 1_000);
    });
    const level = lasting.sort((a, b) => rank[b.severity] - rank[a.severity])[0];
    const since = level && watched.conditions.get(level.severity)?.since;
    return level && since !== undefined ? { level, since } : null;
  }

  private alertOf(
    id: string,
    measurement: Measurement,
    rule: HealthRule,
    { level, since }: { readonly level: Level; readonly since: number },
    before: Alert | null,
  ): Alert {
    const { figure, subject } = measurement;
    const exceeded = this.exceededLevel(id, measurement);
    const shown = exceeded ?? level;
    const threshold = thresholdOf(shown, measurement);
    const recovering = exceeded === null;
    const what = measurement.what(limitPhrase(threshold, shown, rule, recovering));
    const advice = adviceOf(measurement.rule);
    const isWorse = before !== null && rank[level.severity] > rank[before.severity];
    return {
      id,
      rule: measurement.rule,
      severity: level.severity,
      subject,
      sentence: inWords(what),
      phrase: what,
      recommendation: inWords(advice),
      advice,
      figure: rule.unit === 'none' ? null : figure,
      threshold: rule.unit === 'none' ? null : threshold,
      unit: rule.unit,
      recovering,
      since: Math.min(since, before?.since ?? since),
      acknowledgedAt: isWorse ? null : (before?.acknowledgedAt ?? null),
      mutedUntil: this.mutes.get(id) ?? null,
    };
  }

  /** The worst raised level whose threshold the figure is still above; null: it is back within all of them. */
  private exceededLevel(id: string, measurement: Measurement): Level | null {
    const conditions = this.watched.get(id)?.conditions;
    const levels = this.thresholds[measurement.rule].filter(
      (level) => conditions?.has(level.severity) !== false && measurement.figure > thresholdOf(level, measurement),
    );
    return levels.at(-1) ?? null;
  }

  /** Its subject is gone, or its figure is no longer known. */
  private miss(id: string, watched: Watched, now: number, gone: Alert[]): void {
    const rule: HealthRule | undefined = ruleTable[id.slice(0, id.indexOf(':')) as keyof typeof ruleTable];
    for (const [severity, condition] of watched.conditions) {
      condition.lowSince ??= now;
      const isOver = now - condition.lowSince >= (rule?.endsAfterSeconds ?? 0) * 1_000;
      if (!watched.alert || isOver) watched.conditions.delete(severity);
    }
    if (watched.conditions.size > 0) {
      if (watched.alert?.recovering === false) this.edit(id, recovering);
      return;
    }
    this.watched.delete(id);
    if (watched.alert) gone.push(watched.alert);
  }

  private endMutes(now: number): void {
    for (const [id, until] of this.mutes) {
      if (until > now) continue;
      this.mutes.delete(id);
      this.edit(id, (alert) => ({ ...alert, mutedUntil: null }));
    }
  }
}

const idOf = ({ rule, subject }: Measurement): string => `${rule}:${subject.name}`;

const thresholdOf = (level: Level, { threshold }: Measurement): number => threshold ?? level.above;

/** A level that was raised stays until it ends, whatever became of its duration in the settings. */
const isRaised = ({ alert }: Watched, severity: Severity): boolean =>
  alert !== null && rank[alert.severity] >= rank[severity];

const stepLevel = (watched: Watched, level: Level, measurement: Measurement, rule: HealthRule, now: number): void => {
  const { conditions } = watched;
  const condition = conditions.get(level.severity);
  const threshold = thresholdOf(level, measurement);
  if (measurement.figure > threshold) {
    if (condition) condition.lowSince = null;
    else conditions.set(level.severity, { since: now, lowSince: null });
    return;
  }
  if (!condition) return;
  if (!isRaised(watched, level.severity)) {
    // Not raised yet: it must last without a break.
    conditions.delete(level.severity);
    return;
  }
  if (measurement.figure > threshold * rule.endsBelow) {
    condition.lowSince = null;
    return;
  }
  condition.lowSince ??= now;
  if (now - condition.lowSince >= rule.endsAfterSeconds * 1_000) conditions.delete(level.severity);
};

/** " (threshold 1,000 for 10 m)", " (threshold 10%, recovering)"; nothing where already one is too many. */
const limitPhrase = (figure: number, { forSeconds }: Level, { unit }: HealthRule, isRecovering: boolean): Phrase => {
  if (unit === 'none' || (unit === 'count' && figure === 0))
    return phrase(isRecovering ? 'limit.recovering' : 'limit.none');
  const threshold = { figure, unit };
  if (isRecovering) return phrase('limit.thresholdRecovering', { threshold });
  return forSeconds > 0
    ? phrase('limit.thresholdFor', { threshold, lasting: forSeconds })
    : phrase('limit.threshold', { threshold });
};

/** The same alert about to end. */
const recovering = (alert: Alert): Alert => {
  if (!alert.phrase) return { ...alert, recovering: true };
  const { limit } = alert.phrase.values;
  const values = { ...(typeof limit === 'object' && 'code' in limit ? limit.values : {}) };
  const code = 'threshold' in values ? 'limit.thresholdRecovering' : 'limit.recovering';
  const what: Phrase = { ...alert.phrase, values: { ...alert.phrase.values, limit: { code, values } } };
  return { ...alert, recovering: true, phrase: what, sentence: inWords(what) };
};

const sameAlert = (a: Alert, b: Alert | null): boolean =>
  b !== null &&
  a.severity === b.severity &&
  a.sentence === b.sentence &&
  a.recovering === b.recovering &&
  a.acknowledgedAt === b.acknowledgedAt &&
  a.mutedUntil === b.mutedUntil;
