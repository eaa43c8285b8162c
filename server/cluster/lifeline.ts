import { type Change, gapLimit } from '../api/change.ts';
import { toErrorData } from '../api/errors.ts';
import type { Counters, Gap, GapTotal, LinkFailure, LinkState } from '../api/model.ts';
import { backoffMs, isTooLong } from '../brokers/backoff.ts';
import type { Broker, BrokerSession } from '../brokers/broker.ts';
import type { Delivery } from '../celery/delivery.ts';
import { pause } from '../waits/pause.ts';
import { attemptsOf, type LinkEvent, nextLink } from './link.ts';

export interface LifelineParts {
  readonly name: string;
  readonly broker: Broker;
  readonly now: () => number;
  readonly log: (sentence: string) => void;
  /** In bytes. */
  readonly largestMessage: number;
  readonly deliver: (delivery: Delivery) => void;
  /** Messages that the broker has thrown away before we could read them. */
  readonly lost: (count: number) => void;
  /** Whether somebody looks at the cluster, and so waits along for the next attempt. */
  readonly isWatched: () => boolean;
  /** When the last event came; null: none has. */
  readonly lastHeardAt: () => number | null;
  /** A session has begun; the signal tells when it is over. */
  readonly began: (session: BrokerSession, over: AbortSignal) => void;
  readonly ended: () => void;
  /** The link or the gaps have changed. */
  readonly changed: () => void;
  /** Whoever follows the link also tells of its losses; else the log does. */
  readonly onLink?: (link: LinkState) => void;
  readonly onGreeted: (workers: number | null, failure: LinkFailure | null) => void;
}

/** A dead connection is noticed within this time, so before it the link was good. */
const noticedWithinMs = 15_000;

type GapTotals = Counters['gaps'];

const none: GapTotal = { count: 0, seconds: 0 };

const noConnection = 'The broker was not connected.';

/** Keeps the link to a broker alive: session after session until it is stopped, and the gaps between them. */
export class Lifeline {
  private readonly parts: LifelineParts;
  private readonly startedAt: number;
  private current: LinkState = { kind: 'disconnected' };
  private allGaps: Gap[] = [];
  private newGaps: Gap[] = [];
  /** Also of gaps that are no longer remembered. */
  gapTotals: GapTotals = { disconnected: none, discarded: none };
  /** Losses of a number that the broker did not report. */
  uncountedLosses = 0;
  private linkChanged = false;
  private silentSince: number | null = null;
  private session: BrokerSession | null = null;
  private sessionOver = new AbortController();
  private readonly stopping = new AbortController();
  private wake = new AbortController();
  private life: Promise<void> | null = null;

  constructor(parts: LifelineParts) {
    this.parts = parts;
    this.startedAt = parts.now();
  }

  get link(): LinkState {
    return this.current;
  }

  get gaps(): readonly Gap[] {
    return this.allGaps;
  }

  start(): void {
    this.life ??= this.live();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake.abort();
    await this.session?.close();
    await this.life;
    this.step({ kind: 'closed' });
  }

  /** Asks every worker for a heartbeat, or, while the link is down, tries again at once. */
  async refresh(): Promise<void> {
    if (this.session && this.current.kind === 'live') await this.greet(this.session);
    else this.wake.abort();
  }

  /** Somebody begins to look: a long wait for the next attempt ends. */
  noteLook(): void {
    const { current } = this;
    if (current.kind === 'lost' && isTooLong(current.retryAt - this.parts.now())) this.wake.abort();
  }

  /** The spans in which events may have been missed, the one that still lasts among them. */
  gapsUntil(now: number): readonly Gap[] {
    const { current } = this;
    if (current.kind === 'live') return this.allGaps;
    const reason = current.kind === 'lost' ? current.reason.sentence : noConnection;
    return [...this.allGaps, { from: this.silentSince ?? this.startedAt, to: now, cause: 'disconnected', reason }];
  }

  takeChanges(): Change[] {
    const changes: Change[] = this.linkChanged ? [{ kind: 'link', link: this.current }] : [];
    for (const gap of this.newGaps) changes.push({ kind: 'gap', gap });
    this.linkChanged = false;
    this.newGaps = [];
    return changes;
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
    const { broker, now, began } = this.parts;
    try {
      const session = await broker.connect(
        {
          onDelivery: this.parts.deliver,
          largestMessage: this.parts.largestMessage,
          onLost: (reason, count) => this.noteLoss(reason, count),
          onBlocked: (reason) => this.step({ kind: 'blocked', reason }),
        },
        this.stopping.signal,
      );
      this.session = session;
      this.sessionOver = new AbortController();
      began(session, this.sessionOver.signal);
      this.step({ kind: 'connected', at: now(), server: session.server });
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

  private async endSession(): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.session = null;
    this.parts.ended();
    this.sessionOver.abort();
    const now = this.parts.now();
    this.silentSince = Math.max(this.parts.lastHeardAt() ?? now, now - noticedWithinMs);
    await session.close();
  }

  private async waitToRetry(reason: LinkFailure): Promise<void> {
    const { name, now, log, onLink, isWatched } = this.parts;
    const waitMs = backoffMs(Math.max(1, attemptsOf(this.current)), Math.random(), isWatched());
    const at = now();
    this.step({ kind: 'failed', at, reason, retryAt: at + waitMs });
    if (!onLink) log(`${name}: ${reason.sentence} Reconnecting in ${Math.ceil(waitMs / 1000)} s.`);
    this.wake = new AbortController();
    await pause(waitMs, this.wake.signal);
  }

  /** Has every worker speak up, as Celery's own event receiver does when it starts. */
  private async greet(session: BrokerSession): Promise<void> {
    const command = { method: 'heartbeat', arguments: {}, destination: null, pattern: null, matcher: null };
    const workers = await session.broadcast(command);
    this.parts.onGreeted(workers, null);
  }

  private greetingFailed(failure: LinkFailure): void {
    this.parts.log(failure.sentence);
    this.parts.onGreeted(null, failure);
  }

  private noteLoss(reason: string, count: number | null): void {
    const { lost, lastHeardAt, now } = this.parts;
    if (count) lost(count);
    else this.uncountedLosses += 1;
    this.addGap({ from: lastHeardAt() ?? now(), to: now(), cause: 'discarded', reason });
  }

  /** A session that goes on where the last one was cut misses nothing. */
  private closeGap(resumed: boolean): void {
    const { silentSince } = this;
    this.silentSince = null;
    if (silentSince === null || resumed) return;
    this.addGap({ from: silentSince, to: this.parts.now(), cause: 'disconnected', reason: noConnection });
  }

  private addGap(gap: Gap & { readonly cause: keyof GapTotals }): void {
    const { count, seconds } = this.gapTotals[gap.cause];
    const total = { count: count + 1, seconds: seconds + Math.max(0, gap.to - gap.from) / 1000 };
    this.gapTotals = { ...this.gapTotals, [gap.cause]: total };
    this.allGaps = [...this.allGaps, gap].slice(-gapLimit);
    this.newGaps.push(gap);
    this.parts.changed();
  }

  private step(event: LinkEvent): void {
    const before = this.current;
    this.current = nextLink(before, event);
    if (before === this.current) return;
    this.parts.onLink?.(this.current);
    this.linkChanged = true;
    this.parts.changed();
  }
}
