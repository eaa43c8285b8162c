import { type Change, type ChangeBatch, gapLimit } from '../api/change.ts';
import { CeleriacError, toErrorData } from '../api/errors.ts';
import type { ClusterSnapshot, ConnectionConfig, Counters, Gap, LinkFailure, LinkState, Queue } from '../api/model.ts';
import { backoffMs } from '../brokers/backoff.ts';
import type { Broker, BrokerListener, BrokerSession } from '../brokers/broker.ts';
import type { History, Recording } from '../history/history.ts';
import { ClusterState } from '../state/clusterState.ts';
import type { QueueSeries } from '../state/queueSeries.ts';
import { RawEvents } from '../state/rawEvents.ts';
import { Condition } from './condition.ts';
import { countersDiffer } from './countersDiffer.ts';
import { FailureDesk } from './failureDesk.ts';
import { Feed } from './feed.ts';
import { HealthDesk } from './healthDesk.ts';
import { Intake } from './intake.ts';
import { attemptsOf, type LinkEvent, nextLink } from './link.ts';
import { Operations } from './operations.ts';
import { pause } from './pause.ts';
import { QueueBook } from './queueBook.ts';
import { watchQueues } from './queueWatch.ts';

export interface ClusterParts {
  readonly connection: ConnectionConfig;
  readonly broker: Broker;
  /** Tells one life of the cluster from the next, so that nobody applies changes to the wrong snapshot. */
  readonly epoch: string;
  readonly now: () => number;
  readonly log: (sentence: string) => void;
  /** For those who want each event as it is processed, such as the event stream of the command line. */
  readonly onEvent?: (event: Readonly<Record<string, unknown>>, receivedAt: number) => void;
  /** For those who cannot wait for the feed: each step of the link as it happens. */
  readonly onLink?: (link: LinkState) => void;
  /**
   * After each call for heartbeats: how many workers the broker handed it to (null where it does not tell), or why it
   * could not be sent.
   */
  readonly onGreeted?: (workers: number | null, failure: LinkFailure | null) => void;
  /** One look at the health is all there will be: what must last counts as if it had. */
  readonly judgesAtOnce?: boolean;
  /** Where what happens is kept; whoever opened it closes it, after `stop`. */
  readonly history?: History;
}

const tickMs = 1_000;

/** A dead connection is noticed within this time, so before it the link was good. */
const noticedWithinMs = 15_000;

/** As the wire brings them, some ten to twenty thousand events. */
const rawEventBytes = 16 * 1024 * 1024;

/** One monitored cluster: keeps its link alive, feeds its events to the state, and tells what changed. */
export class Cluster {
  readonly state: ClusterState;
  readonly rawEvents = new RawEvents(rawEventBytes);
  readonly failures: FailureDesk;
  readonly health: HealthDesk;
  private readonly parts: ClusterParts;
  private readonly feed: Feed;
  private readonly intake: Intake;
  private readonly recording: Recording | null;
  readonly startedAt: number;
  private link: LinkState = { kind: 'disconnected' };
  private gaps: Gap[] = [];
  private newGaps: Gap[] = [];
  private linkChanged = false;
  private countersSent: Counters | null = null;
  private lastHeardAt: number | null = null;
  private silentSince: number | null = null;
  private readonly queues = new QueueBook();
  private readonly condition = new Condition();
  private session: BrokerSession | null = null;
  private current: Operations | null = null;
  private sessionOver = new AbortController();
  private readonly stopping = new AbortController();
  private wake = new AbortController();
  private life: Promise<void> | null = null;
  private ticker: NodeJS.Timeout | null = null;

  constructor(parts: ClusterParts) {
    this.parts = parts;
    this.startedAt = parts.now();
    const { connection, epoch, now } = parts;
    this.state = new ClusterState({
      maxTasks: connection.maxTasks,
      workerLostAfterMs: connection.workerLostAfterMs,
      startedAt: now(),
    });
    this.recording = parts.history?.record(this.state) ?? null;
    this.failures = new FailureDesk({
      state: this.state,
      history: parts.history ?? null,
      now,
      changed: () => this.feed.touch('urgent'),
      log: parts.log,
    });
    this.health = new HealthDesk({
      connection,
      brokerKind: parts.broker.kind,
      state: this.state,
      queues: this.queues,
      history: parts.history ?? null,
      link: () => this.link,
      now,
      changed: () => this.feed.touch('urgent'),
      log: parts.log,
      atOnce: parts.judgesAtOnce ?? false,
    });
    this.feed = new Feed(connection.id, epoch, () => this.collectChanges());
    this.intake = new Intake(
      {
        delivery: (delivery, receivedAt) => this.rawEvents.begin(delivery, receivedAt),
        event: (event, receivedAt) => {
          this.lastHeardAt = receivedAt;
          this.state.apply(event, receivedAt);
          this.rawEvents.note(event);
          this.health.note(event, receivedAt);
          parts.onEvent?.(event, receivedAt);
        },
        invalid: (problem) => this.state.noteProblem(problem),
        overflow: (messages) => this.state.noteLost(messages),
        progressed: () => {
          this.condition.changed();
          this.recording?.progressed();
          this.feed.touch(this.state.hasWorkerChanges || this.failures.hasChanges ? 'urgent' : 'lazy');
        },
      },
      now,
    );
  }

  /** What earlier lives have kept of failures and alerts; before `start`, so that nothing old passes for new. */
  async restore(): Promise<void> {
    const failed = (error: unknown): void => this.parts.log(toErrorData(error).sentence);
    await Promise.all([this.failures.restore().catch(failed), this.health.restore().catch(failed)]);
  }

  start(): void {
    this.life ??= this.live();
    this.ticker ??= setInterval(() => this.tick(), tickMs);
  }

  async stop(): Promise<void> {
    if (this.ticker) clearInterval(this.ticker);
    this.stopping.abort();
    this.wake.abort();
    await this.session?.close();
    await this.life;
    this.step({ kind: 'closed' });
    this.feed.flush();
    await this.recording?.stop();
    await this.failures.stop();
  }

  /** Asks every worker for a heartbeat, or, while the link is down, tries again at once. */
  async refresh(): Promise<void> {
    if (this.session && this.link.kind === 'live') await this.greet(this.session);
    else this.wake.abort();
  }

  listen(listener: (batch: ChangeBatch) => void): () => void {
    return this.feed.listen(listener);
  }

  /** What can be done while the link is live; otherwise it says why not. */
  get operations(): Operations {
    if (this.current) return this.current;
    const reason = this.link.kind === 'lost' ? ` ${this.link.reason.sentence}` : '';
    throw new CeleriacError(
      'brokerUnreachable',
      `${this.parts.connection.name} has no connection to its broker at present.${reason}`,
    );
  }

  /** Where what happens is kept; null: nowhere. */
  get history(): History | null {
    return this.parts.history ?? null;
  }

  /** How full the queues were. */
  get queueSeries(): QueueSeries {
    return this.queues.series;
  }

  get linkState(): LinkState {
    return this.link;
  }

  /** The spans in which events may have been missed, the one that still lasts among them. */
  gapsUntil(now: number): readonly Gap[] {
    const { link } = this;
    if (link.kind === 'live') return this.gaps;
    const reason = link.kind === 'lost' ? link.reason.sentence : 'There was no connection to the broker.';
    return [...this.gaps, { from: this.silentSince ?? this.startedAt, to: now, reason }];
  }

  get connection(): ConnectionConfig {
    return this.parts.connection;
  }

  get allQueues(): ReadonlyMap<string, Queue> {
    return this.queues.all;
  }

  get backlog(): number {
    return this.intake.backlog;
  }

  /** Resolves true as soon as something holds of the state, false when the time is over first. */
  until(holds: () => boolean, timeoutMs: number): Promise<boolean> {
    return this.condition.until(holds, timeoutMs);
  }

  snapshot(): ClusterSnapshot {
    this.feed.flush();
    return {
      clusterId: this.parts.connection.id,
      version: this.feed.version,
      name: this.parts.connection.name,
      maskedUrl: this.parts.broker.maskedUrl,
      brokerKind: this.parts.broker.kind,
      environment: this.parts.connection.environment ?? 'dev',
      isReadOnly: this.parts.connection.isReadOnly ?? false,
      link: this.link,
      workers: Object.fromEntries(this.state.workers),
      queues: Object.fromEntries(this.queues.all),
      counters: this.counters(),
      gaps: this.gaps,
      failures: Object.fromEntries(this.failures.all.map((group) => [group.id, group])),
      alerts: Object.fromEntries(this.health.alerts.map((alert) => [alert.id, alert])),
      verdict: this.health.verdict,
    };
  }

  private async live(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.step({ kind: 'connectStarted', at: this.parts.now() });
      const reason = await this.oneSession();
      if (signal.aborted) return;
      await this.waitToRetry(reason);
    }
  }

  /** Lives through one session; resolves with the reason why it could not start or why it ended. */
  private async oneSession(): Promise<LinkFailure> {
    try {
      const session = await this.parts.broker.connect(this.brokerListener(), this.stopping.signal);
      this.session = session;
      this.operate(session);
      this.step({ kind: 'connected', at: this.parts.now(), server: session.server });
      this.closeGap(session.resumed);
      this.greet(session).catch((error) => this.greetingFailed(toErrorData(error)));
      const error = await session.ended;
      return error ? toErrorData(error) : { code: 'cancelled', sentence: 'The connection was closed.' };
    } catch (error) {
      return toErrorData(error);
    } finally {
      await this.endSession();
    }
  }

  private operate(session: BrokerSession): void {
    const { now, log, connection } = this.parts;
    const operations = new Operations({
      session,
      workers: () => this.state.workers,
      queues: this.queues,
      readOnly: connection.isReadOnly ? connection.name : null,
      now,
      until: (holds, timeoutMs) => this.condition.until(holds, timeoutMs),
      keepAudit: (entry) => {
        this.parts.history?.appendAudit(entry).catch((error) => log(toErrorData(error).sentence));
      },
    });
    this.current = operations;
    this.sessionOver = new AbortController();
    const intervalMs = connection.refreshIntervalMs;
    if (intervalMs === undefined) return;
    const changed = (): void => this.feed.touch('urgent');
    const wanted = (): boolean => this.feed.hasListener;
    void this.health.watch(operations, wanted, this.sessionOver.signal);
    void watchQueues({ operations, intervalMs, wanted, changed, log }, this.sessionOver.signal);
  }

  private async endSession(): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.session = null;
    this.current = null;
    this.sessionOver.abort();
    const now = this.parts.now();
    this.silentSince = Math.max(this.lastHeardAt ?? now, now - noticedWithinMs);
    await session.close();
  }

  private async waitToRetry(reason: LinkFailure): Promise<void> {
    const waitMs = backoffMs(Math.max(1, attemptsOf(this.link)), Math.random());
    const at = this.parts.now();
    this.step({ kind: 'failed', at, reason, retryAt: at + waitMs });
    this.parts.log(`${this.parts.connection.name}: ${reason.sentence} Trying again in ${Math.ceil(waitMs / 1000)} s.`);
    this.wake = new AbortController();
    await pause(waitMs, this.wake.signal);
  }

  private brokerListener(): BrokerListener {
    return {
      onDelivery: (delivery) => this.intake.push(delivery),
      onLost: (reason, count) => {
        if (count) this.state.noteLost(count);
        this.addGap({ from: this.lastHeardAt ?? this.parts.now(), to: this.parts.now(), reason });
      },
      onBlocked: (blocked, reason) => this.step({ kind: 'blocked', reason: blocked ? reason : null }),
    };
  }

  /** Has every worker speak up, as Celery's own event receiver does when it starts. */
  private async greet(session: BrokerSession): Promise<void> {
    const command = { method: 'heartbeat', arguments: {}, destination: null, pattern: null, matcher: null };
    const workers = await session.broadcast(command);
    this.parts.onGreeted?.(workers, null);
  }

  private greetingFailed(failure: LinkFailure): void {
    this.parts.log(failure.sentence);
    this.parts.onGreeted?.(null, failure);
  }

  /** A session that goes on where the last one was cut misses nothing. */
  private closeGap(resumed: boolean): void {
    const { silentSince } = this;
    this.silentSince = null;
    if (silentSince === null || resumed) return;
    this.addGap({ from: silentSince, to: this.parts.now(), reason: 'There was no connection to the broker.' });
  }

  private addGap(gap: Gap): void {
    this.gaps = [...this.gaps, gap].slice(-gapLimit);
    this.newGaps.push(gap);
    this.feed.touch('urgent');
  }

  private step(event: LinkEvent): void {
    const before = this.link;
    this.link = nextLink(before, event);
    if (before === this.link) return;
    this.parts.onLink?.(this.link);
    this.linkChanged = true;
    this.feed.touch('urgent');
  }

  private tick(): void {
    const now = this.parts.now();
    if (this.link.kind !== 'live' || this.intake.backlog > 0) this.state.noteDeafness(now);
    this.state.tick(now);
    this.recording?.tick();
    this.failures.tick();
    if (this.feed.hasListener) this.health.tick();
    this.condition.changed();
    if (this.state.hasWorkerChanges) this.feed.touch('urgent');
  }

  counters(): Counters {
    return { ...this.state.counters(), backlog: this.intake.backlog };
  }

  private collectChanges(): Change[] {
    const changes: Change[] = [];
    if (this.linkChanged) changes.push({ kind: 'link', link: this.link });
    for (const gap of this.newGaps) changes.push({ kind: 'gap', gap });
    const { changed, gone } = this.state.takeWorkerChanges();
    for (const worker of changed) changes.push({ kind: 'worker', worker });
    for (const hostname of gone) changes.push({ kind: 'workerGone', hostname });
    const queues = this.queues.takeChanges();
    for (const queue of queues.changed) changes.push({ kind: 'queue', queue });
    for (const name of queues.gone) changes.push({ kind: 'queueGone', name });
    const failures = this.failures.takeChanges();
    for (const group of failures.changed) changes.push({ kind: 'failure', group });
    for (const id of failures.gone) changes.push({ kind: 'failureGone', id });
    const health = this.health.takeChanges();
    for (const alert of health.changed) changes.push({ kind: 'alert', alert });
    for (const id of health.gone) changes.push({ kind: 'alertGone', id });
    if (health.verdict) changes.push({ kind: 'verdict', verdict: health.verdict });
    const counters = this.counters();
    if (countersDiffer(this.countersSent, counters)) changes.push({ kind: 'counters', counters });
    this.countersSent = counters;
    this.linkChanged = false;
    this.newGaps = [];
    return changes;
  }
}
