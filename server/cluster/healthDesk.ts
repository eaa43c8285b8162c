import { toErrorData } from '../api/errors.ts';
import type { Alert, Check, HealthRuleSettings, Verdict } from '../api/health.ts';
import type { AlertEntry, JournalQuery } from '../api/history.ts';
import type { BrokerKind, ConnectionConfig, LinkState } from '../api/model.ts';
import type { CeleryEvent } from '../celery/event.ts';
import { AlertBook } from '../health/alertBook.ts';
import { checksOf } from '../health/checks.ts';
import type { HealthFacts } from '../health/facts.ts';
import { measure, measureInSlices } from '../health/measure.ts';
import { livingNames } from '../health/measureWorkers.ts';
import { PulseBook } from '../health/pulseBook.ts';
import type { Thresholds } from '../health/thresholds.ts';
import { verdictOf } from '../health/verdict.ts';
import type { WorkerSurvey } from '../health/workerSurvey.ts';
import type { History } from '../history/history.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { UsageSeries } from '../state/figures/usageSeries.ts';
import { atOnce, type Sliced } from '../state/queries/slices.ts';
import { pause } from '../waits/pause.ts';
import { AlertJournal } from './alertJournal.ts';
import { Complaint } from './complaint.ts';
import { healthFacts, type LiveLink } from './healthFacts.ts';
import { inSlices } from './inSlices.ts';
import type { QueueBook } from './queueBook.ts';
import { type SurveyOperations, Surveyor } from './surveyor.ts';
import { visibilityTimeoutOf } from './visibilityTimeout.ts';

export interface HealthDeskParts {
  readonly connection: ConnectionConfig;
  readonly brokerKind: BrokerKind;
  readonly state: ClusterState;
  readonly queues: QueueBook;
  readonly history: History | null;
  readonly link: () => LinkState;
  readonly now: () => number;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
  /** One look is all there will be: what must last counts as if it had. */
  readonly atOnce: boolean;
}

const evaluateEveryMs = 5_000;
const overviewEveryMs = 15_000;
/** In overviews. */
const workersEvery = 4;
/** From one look to the next. */
const resurveyAfterMs: readonly number[] = [500, 2_500, 5_000];
/** Workers that have just been greeted speak up first. */
const firstSurveyAfterMs = 1_500;

/** The health of one cluster: gathers what the rules look at, and remembers what they said. */
export class HealthDesk {
  private readonly parts: HealthDeskParts;
  private readonly surveyor: Surveyor;
  private readonly pulses = new PulseBook();
  private readonly book: AlertBook;
  private readonly journal: AlertJournal;
  private readonly dirty = new Set<string>();
  private evaluatedAt = Number.NEGATIVE_INFINITY;
  private judgedLink: LinkState;
  private isVerdictNew = false;
  private current: Verdict;
  private livingWorkers: number | null = null;
  private open: Sliced<void> | null = null;
  private readonly unkept: Complaint;
  private readonly unjudged: Complaint;

  constructor(parts: HealthDeskParts) {
    const { connection, state, now, history, atOnce } = parts;
    this.parts = parts;
    this.unkept = new Complaint(parts.log);
    this.unjudged = new Complaint(parts.log);
    this.surveyor = new Surveyor({ workers: () => state.workers, now });
    this.book = new AlertBook({ settings: connection.healthRules ?? {}, atOnce });
    this.journal = new AlertJournal({ history, now, failed: (error) => this.failed(error) });
    this.judgedLink = parts.link();
    this.current = verdictOf({ now: now(), link: this.judgedLink, alerts: [], livingWorkers: null }, null);
  }

  get alerts(): readonly Alert[] {
    return this.book.all;
  }

  get thresholds(): Thresholds {
    return this.book.thresholds;
  }

  /** What workers said of themselves when they were asked. */
  get surveys(): ReadonlyMap<string, WorkerSurvey> {
    return this.surveyor.surveys;
  }

  /** What the workers used up when they were asked. */
  get usage(): UsageSeries {
    return this.surveyor.usage;
  }

  get verdict(): Verdict {
    this.followLink();
    return this.current;
  }

  /** After which the broker hands a message out again that is not acknowledged; null: it does not. */
  get visibilityTimeoutSeconds(): number | null {
    const { connection, brokerKind } = this.parts;
    return brokerKind === 'redis' ? visibilityTimeoutOf(connection, this.surveyor) : null;
  }

  async restore(): Promise<void> {
    const mutes = (await this.parts.history?.alertMutes()) ?? {};
    for (const [id, until] of Object.entries(mutes)) if (until > this.parts.now()) this.book.mute(id, until);
    await this.journal.restore();
  }

  /** For each event as it is taken in. */
  note(event: CeleryEvent, at: number): void {
    this.pulses.note(event, at);
  }

  /** About once a second. */
  tick(): void {
    if (this.parts.now() - this.evaluatedAt >= evaluateEveryMs) void this.evaluateInSlices();
    else this.followLink();
  }

  /** Holds everything known against the rules. */
  evaluate(): void {
    this.open = null;
    atOnce(this.evaluation());
  }

  /** As `evaluate`, a little at a time where the cluster is large. One that is open is gone on with. */
  private async evaluateInSlices(): Promise<void> {
    if (this.open) return;
    const own = this.evaluation();
    this.open = own;
    try {
      await inSlices(own, () => this.open === own);
    } catch (error) {
      this.unjudged.tell(`The health rules could not be evaluated. ${toErrorData(error).sentence}`);
    } finally {
      if (this.open === own) this.open = null;
    }
  }

  /** While the link is down nothing new is known, and alerts stay as they are. */
  private *evaluation(): Sliced<void> {
    const { now, link } = this.parts;
    this.evaluatedAt = now();
    const state = link();
    this.judgedLink = state;
    const facts = state.kind === 'live' ? yield* this.facts(state) : null;
    if (facts) {
      const changes = yield* this.book.evaluateInSlices(yield* measureInSlices(facts), facts.now);
      this.journal.note(changes);
      for (const { id } of [...changes.changed, ...changes.gone]) this.dirty.add(id);
      this.livingWorkers = facts.surveyedAt !== null || facts.workers.length > 0 ? livingNames(facts).length : null;
    }
    this.judge(facts !== null);
    this.open = null;
    this.tellChanges();
  }

  /** What a person has done to an alert holds at once, and is judged by what is known. */
  private settle(): void {
    const touched = this.book.takeTouched();
    this.journal.note({ changed: touched, gone: [] });
    for (const { id } of touched) this.dirty.add(id);
    this.judge(this.judgedLink.kind === 'live');
    this.tellChanges();
  }

  private tellChanges(): void {
    if (this.dirty.size > 0 || this.isVerdictNew) this.parts.changed();
  }

  takeChanges(): {
    readonly changed: readonly Alert[];
    readonly gone: readonly string[];
    readonly verdict: Verdict | null;
  } {
    this.followLink();
    const alerts = new Map(this.book.all.map((alert) => [alert.id, alert]));
    const ids = [...this.dirty];
    this.dirty.clear();
    const verdict = this.isVerdictNew ? this.current : null;
    this.isVerdictNew = false;
    return { changed: ids.flatMap((id) => alerts.get(id) ?? []), gone: ids.filter((id) => !alerts.has(id)), verdict };
  }

  acknowledge(alertId: string): void {
    this.book.acknowledge(alertId, this.parts.now());
    this.settle();
  }

  mute(alertId: string, until: number | null): void {
    this.book.mute(alertId, until);
    this.parts.history?.saveAlertMute(alertId, until).catch((error: unknown) => this.failed(error));
    this.settle();
  }

  setRules(rules: HealthRuleSettings): void {
    this.book.set(rules);
    this.evaluate();
  }

  async past(query: JournalQuery): Promise<readonly AlertEntry[]> {
    return (await this.parts.history?.alerts(query)) ?? [];
  }

  /** Each rule with its worst figure, from what is known now. */
  checks(): readonly Check[] {
    const link = this.parts.link();
    const measurements = link.kind === 'live' ? measure(atOnce(this.facts(link))) : [];
    return checksOf(measurements, this.book.all, this.book.thresholds);
  }

  /** One look at what only asking tells. */
  async survey(operations: SurveyOperations): Promise<void> {
    // Whom the broker holds up cannot ask the workers, and should say that it is held up.
    const parts = [this.surveyor.readOverview(operations), this.surveyor.readWorkers(operations)];
    const outcomes = await Promise.allSettled(parts);
    await this.evaluateInSlices();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /**
   * More looks at the workers, for their pools have been changed: a prefork pool answers at once, and starts or stops its
   * processes seconds later (billiard/pool.py: Pool.grow).
   */
  async resurvey(operations: SurveyOperations, signal: AbortSignal): Promise<void> {
    if (this.surveyor.surveyedAt === null) return;
    try {
      for (const afterMs of resurveyAfterMs) {
        await pause(afterMs, signal);
        if (signal.aborted) return;
        await this.surveyor.readWorkers(operations);
        this.evaluate();
      }
    } catch (error) {
      if (!signal.aborted) this.parts.log(`The workers could not be inspected again. ${toErrorData(error).sentence}`);
    }
  }

  /** Asks again and again while somebody listens, until the session is over. */
  async watch(operations: SurveyOperations, wanted: () => boolean, signal: AbortSignal): Promise<void> {
    const complaint = new Complaint(this.parts.log);
    await pause(firstSurveyAfterMs, signal);
    for (let round = 0; !signal.aborted; ) {
      if (wanted()) {
        try {
          if (round % workersEvery === 0) await this.survey(operations);
          else await this.surveyor.readOverview(operations);
          complaint.over();
        } catch (error) {
          const { sentence } = toErrorData(error);
          if (!signal.aborted) complaint.tell(`The health could not be checked. ${sentence}`);
        }
        round++;
      }
      await pause(overviewEveryMs, signal);
    }
  }

  /** The verdict never contradicts the link: both change at the same moment. */
  private followLink(): void {
    if (this.parts.link() === this.judgedLink) return;
    this.open = null;
    void this.evaluateInSlices();
  }

  private judge(isLive: boolean): void {
    const { now } = this.parts;
    const livingWorkers = isLive ? this.livingWorkers : null;
    const verdict = verdictOf(
      { now: now(), link: this.judgedLink, alerts: this.book.all, livingWorkers },
      this.current,
    );
    if (JSON.stringify(verdict) === JSON.stringify(this.current)) return;
    this.current = verdict;
    this.isVerdictNew = true;
  }

  private facts(link: LiveLink): Sliced<HealthFacts> {
    const { parts, surveyor, pulses } = this;
    return healthFacts({ ...parts, surveyor, pulses, link, now: parts.now() });
  }

  private failed(error: unknown): void {
    this.unkept.tell(`Alerts could not be stored. ${toErrorData(error).sentence}`);
  }
}
