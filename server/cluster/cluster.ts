import type { Change, ChangeBatch } from '../api/change.ts';
import { toErrorData } from '../api/errors.ts';
import type { ClusterSnapshot, ConnectionConfig, Counters, Gap, LinkState, Queue } from '../api/model.ts';
import { defaultRedactPatterns } from '../api/redaction.ts';
import type { BrokerSession } from '../brokers/broker.ts';
import { WaitingWatch } from '../debugging/waiting/waitingWatch.ts';
import type { History, Recording } from '../history/history.ts';
import { makeOutlet, type Outlet } from '../outlet/outlet.ts';
import { ClusterState } from '../state/clusterState.ts';
import type { QueueSeries } from '../state/figures/queueSeries.ts';
import { RawEvents } from '../state/rawEvents.ts';
import { BeatBook } from './beatBook.ts';
import type { ClusterParts } from './clusterParts.ts';
import { Condition } from './condition.ts';
import { countersDiffer } from './countersDiffer.ts';
import { FailureDesk } from './failureDesk.ts';
import { Feed } from './feed.ts';
import { findDebugTarget } from './findDebugTarget.ts';
import { Guard } from './guard.ts';
import { HealthDesk } from './healthDesk.ts';
import { Intake } from './intake.ts';
import { intakeSink } from './intakeSink.ts';
import { Lifeline } from './lifeline.ts';
import { notConnected } from './link.ts';
import { divideMemory, type MemoryBudget } from './memoryBudget.ts';
import { memoryThere } from './memoryThere.ts';
import { Onlookers } from './onlookers.ts';
import { Operations } from './operations.ts';
import { QueueBook } from './queueBook.ts';
import { snapshotOf } from './snapshotOf.ts';
import { poolChanges, startWatches } from './startWatches.ts';
import { storeFigures } from './storeFigures.ts';
import { takeChanges } from './takeChanges.ts';
import { WaitingDesk } from './waitingDesk.ts';

const tickMs = 1_000;

/** One monitored cluster: keeps its link alive, feeds its events to the state, and tells what changed. */
export class Cluster {
  readonly state: ClusterState;
  readonly rawEvents: RawEvents;
  readonly failures: FailureDesk;
  readonly health: HealthDesk;
  /** What this cluster's faces send passes through here: the connection says what is secret. */
  readonly outlet: Outlet;
  readonly waiting: WaitingDesk;
  private readonly parts: ClusterParts;
  private readonly guard: Guard;
  private readonly feed: Feed;
  private readonly intake: Intake;
  private readonly lifeline: Lifeline;
  private readonly recording: Recording | null;
  private readonly onlookers: Onlookers;
  readonly startedAt: number;
  private readonly memory: MemoryBudget;
  private repliesTooLarge = 0;
  private countersSent: Counters | null = null;
  private lastHeardAt: number | null = null;
  /** The beats that can be asked whether they are alive. */
  readonly beats: BeatBook;
  private readonly queues = new QueueBook();
  private readonly condition = new Condition();
  private current: Operations | null = null;
  private ticker: NodeJS.Timeout | null = null;

  constructor(parts: ClusterParts) {
    this.parts = parts;
    this.startedAt = parts.now();
    const { connection, epoch, now } = parts;
    this.onlookers = new Onlookers(now);
    this.guard = new Guard({ now, log: parts.log });
    this.memory = parts.memory ?? divideMemory(memoryThere());
    this.rawEvents = new RawEvents(this.memory.rawEvents);
    this.outlet = makeOutlet(connection.redactPatterns ?? defaultRedactPatterns);
    this.state = new ClusterState({
      maxTasks: connection.maxTasks,
      workerLostAfterMs: connection.workerLostAfterMs,
      startedAt: now(),
      memory: this.memory,
      show: (text) => this.outlet.redactor.text(text),
    });
    this.beats = new BeatBook(() => this.state.workers, parts.onBeat);
    this.recording = parts.history?.record(this.state, (at) => this.queues.series.minute(at)) ?? null;
    this.lifeline = new Lifeline({
      name: connection.name,
      broker: parts.broker,
      now,
      log: parts.log,
      largestMessage: this.memory.message,
      deliver: (delivery) => this.intake.push(delivery),
      lost: (count) => this.state.noteLost(count),
      isWatched: () => this.onlookers.areThere,
      lastHeardAt: () => this.lastHeardAt,
      began: (session, over) => this.operate(session, over),
      ended: () => {
        this.current = null;
      },
      changed: () => this.feed.touch('urgent'),
      ...(parts.onLink ? { onLink: this.guard.listener('link', parts.onLink, { isVital: true }) } : {}),
      onGreeted: (workers, failure) => parts.onGreeted?.(workers, failure),
    });
    this.failures = new FailureDesk({
      guard: this.guard,
      state: this.state,
      history: parts.history ?? null,
      now,
      changed: () => this.feed.touch('urgent'),
      log: parts.log,
      limitBytes: this.memory.failures,
    });
    this.health = new HealthDesk({
      connection,
      brokerKind: parts.broker.kind,
      state: this.state,
      queues: this.queues,
      history: parts.history ?? null,
      link: () => this.linkState,
      now,
      changed: () => this.feed.touch('urgent'),
      log: parts.log,
      atOnce: parts.judgesAtOnce ?? false,
    });
    this.waiting = new WaitingDesk({
      watch: parts.waiting ?? new WaitingWatch(),
      workers: () => this.state.workers,
      isFollowed: () => this.feed.hasListener,
      running: async (hostname) => (await findDebugTarget(this, { hostname, taskId: null })).running,
      changed: () => this.feed.touch('urgent'),
      log: parts.log,
    });
    this.feed = new Feed(connection.id, epoch, () => this.collectChanges(), this.guard);
    const sink = intakeSink({
      guard: this.guard,
      state: this.state,
      rawEvents: this.rawEvents,
      heard: (at) => {
        this.lastHeardAt = at;
      },
      judge: (event, at) => this.health.note(event, at),
      listeners: parts.listeners ?? {},
      progressed: () => this.progressed(),
    });
    this.intake = new Intake(sink, now, { intake: this.memory.intake, largestMessage: this.memory.message });
  }

  /** What earlier lives have kept of failures and alerts; before `start`, so that nothing old passes for new. */
  async restore(): Promise<void> {
    const failed = (error: unknown): void => this.parts.log(toErrorData(error).sentence);
    const queues = this.parts.history?.queueSteps().then((steps) => this.queues.series.restore(steps));
    await Promise.all([this.failures.restore(), this.health.restore(), queues].map((each) => each?.catch(failed)));
  }

  start(): void {
    this.lifeline.start();
    this.waiting.start();
    this.ticker ??= setInterval(() => this.tick(), tickMs);
  }

  async stop(): Promise<void> {
    if (this.ticker) clearInterval(this.ticker);
    this.waiting.stop();
    await this.lifeline.stop();
    this.feed.flush();
    await this.recording?.stop();
    await this.failures.stop();
  }

  /** Asks every worker for a heartbeat, or, while the link is down, tries again at once. */
  refresh(): Promise<void> {
    return this.lifeline.refresh();
  }

  /** Somebody looks at the figures now; while nobody does, queues are read and lost brokers are tried more rarely. */
  noteLook(): void {
    this.onlookers.note();
    this.lifeline.noteLook();
  }

  listen(listener: (batch: ChangeBatch) => void): () => void {
    return this.feed.listen(listener);
  }

  /** What can be done while the link is live; otherwise it says why not. */
  get operations(): Operations {
    if (this.current) return this.current;
    throw notConnected(this.parts.connection.name, this.linkState);
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
    return this.lifeline.link;
  }

  /** The spans in which events may have been missed, the one that still lasts among them. */
  gapsUntil(now: number): readonly Gap[] {
    return this.lifeline.gapsUntil(now);
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
    const { lifeline, state, beats, queues, failures, health, waiting } = this;
    const { connection, broker } = this.parts;
    const books = { lifeline, state, beats, queues, failures, health, waiting };
    return snapshotOf({ connection, broker, ...books, version: this.feed.version, counters: this.counters() });
  }

  private operate(session: BrokerSession, over: AbortSignal): void {
    const { now, log, connection } = this.parts;
    const operations = new Operations({
      session,
      workers: () => this.state.workers,
      beats: this.beats,
      queues: this.queues,
      readOnly: connection.isReadOnly ? connection.name : null,
      now,
      limitBytes: this.memory.replies,
      onTooLarge: () => {
        this.repliesTooLarge++;
      },
      until: (holds, timeoutMs) => this.condition.until(holds, timeoutMs),
      keepAudit: (entry) => {
        this.parts.history?.appendAudit(this.outlet.answer(entry)).catch((error) => log(toErrorData(error).sentence));
        if (poolChanges.has(entry.action)) void this.health.resurvey(operations, over);
      },
    });
    this.current = operations;
    const intervalMs = connection.refreshIntervalMs;
    if (intervalMs === undefined) return;
    const wanted = (): boolean => this.feed.hasListener;
    const isLookedAt = (): boolean => this.onlookers.areThere;
    const changed = (): void => this.feed.touch('urgent');
    startWatches({ health: this.health, operations, intervalMs, wanted, isLookedAt, now, changed, log }, over);
  }

  private progressed(): void {
    this.condition.changed();
    this.guard.run('history', () => this.recording?.progressed());
    this.feed.touch(this.state.hasWorkerChanges || this.failures.hasChanges ? 'urgent' : 'lazy');
  }

  private tick(): void {
    const now = this.parts.now();
    this.guard.run('state', () => {
      if (this.linkState.kind !== 'live' || this.intake.backlog > 0) this.state.noteDeafness(now);
      this.state.tick(now);
    });
    this.guard.run('history', () => this.recording?.tick());
    this.guard.run('failures', () => this.failures.tick());
    this.waiting.tick();
    if (this.feed.hasListener) this.guard.run('health', () => this.health.tick());
    this.condition.changed();
    if (this.state.hasWorkerChanges) this.feed.touch('urgent');
    this.feed.tick(now);
  }

  counters(): Counters {
    const { intake, rawEvents, memory, state, failures } = this;
    const replies = { bytes: this.current?.replyBytes ?? 0, evicted: this.repliesTooLarge };
    const stores = storeFigures({ state, rawEvents, intake, failures, replies }, memory);
    const { uncountedLosses, gapTotals: gaps } = this.lifeline;
    const own = { backlog: intake.backlog, stores, listenerErrors: this.guard.errors, uncountedLosses, gaps };
    return { ...this.state.counters(), ...own };
  }

  private collectChanges(): Change[] {
    const { lifeline, state, beats, queues, failures, health, waiting } = this;
    const changes = takeChanges({ lifeline, state, beats, queues, failures, health, waiting });
    const counters = this.counters();
    if (countersDiffer(this.countersSent, counters)) changes.push({ kind: 'counters', counters });
    this.countersSent = counters;
    return changes;
  }
}
