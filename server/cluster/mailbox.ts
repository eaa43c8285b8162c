import { randomUUID } from 'node:crypto';
import type { ControlCommand, ControlOutcome } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import type { Worker } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { BrokerSession, ReplyBox } from '../brokers/broker.ts';
import type { ControlMessage } from '../celery/control.ts';
import type { ControlReply, ReceivedReply } from '../celery/controlReply.ts';
import { depthLimit, roomAfter } from '../celery/jsonBounds.ts';
import type { BeatBook } from './beatBook.ts';
import { BeatInquiry } from './beatInquiry.ts';
import { Collection } from './collection.ts';
import { type Expectation, expectation } from './expectation.ts';
import { RecentSet } from './recentSet.ts';
import { beatReply, explainSilence } from './silence.ts';
import { toWorkerReply } from './workerReply.ts';

export interface MailboxParts {
  readonly session: BrokerSession;
  readonly workers: () => ReadonlyMap<string, Worker>;
  readonly beats: BeatBook;
  readonly now: () => number;
  /** How many bytes the replies to open questions may hold. */
  readonly limitBytes: number;
  /** A worker's reply was too large for that. */
  readonly onTooLarge: () => void;
}

/** Made once: to make it for each comparison costs a hundred times as much as to compare. */
const byName = new Intl.Collator('en', { numeric: true }).compare;
const defaultTimeoutMs = 2_000;
const bytesPerCharacter = 2;
const tooLargeSentence = 'sent a reply that exceeds the memory limit for replies';
/** As many as the state knows workers; names cost nothing to make up. */
const rememberedNames = 5_000;
const rememberedTickets = 5_000;

/**
 * Asks workers and collects their replies, for one session of the broker. It returns as soon as everybody who is expected
 * has answered: the broker's count says how many mailboxes took the command, heartbeats say who lives.
 */
export class Mailbox {
  private readonly parts: MailboxParts;
  private readonly inquiry: BeatInquiry;
  private readonly open = new Map<string, Collection>();
  /** Who has ever answered in this session: whoever has accepts JSON. */
  private readonly answeredBefore = new RecentSet(rememberedNames);
  /** To an earlier question an answer may come late. */
  private readonly asked = new RecentSet(rememberedTickets);
  private box: Promise<ReplyBox> | null = null;
  private listening: Promise<void> | null = null;
  private endedBy: Error | null = null;

  constructor(parts: MailboxParts) {
    this.parts = parts;
    this.inquiry = new BeatInquiry(parts);
  }

  get bytesHeld(): number {
    return this.heldCharacters() * bytesPerCharacter;
  }

  async ask(command: ControlCommand): Promise<ControlOutcome> {
    const { now } = this.parts;
    this.listening ??= this.listen();
    const startedAt = now();
    const timeoutMs = command.timeoutMs ?? defaultTimeoutMs;
    const box = await this.openBox();
    const ticket = randomUUID();
    const expected = expectation(command, this.parts.workers());
    const strangers = await this.strangers(command);
    const collection = new Collection(await this.namesOf(command, expected, strangers));
    if (command.method !== 'ping')
      for (const name of command.destination ?? [])
        if (!strangers.has(name) && this.parts.beats.isBeat(name)) collection.excuse(name);
    this.open.set(ticket, collection);
    this.asked.add(ticket);
    if (this.endedBy) collection.fail(this.endedBy);
    const over = new AbortController();
    const expiresAt = startedAt + timeoutMs;
    try {
      const count = await box.ask(toMessage(command), ticket, expiresAt);
      const nobody = count === 0 || (strangers.size > 0 && strangers.size === expected.names.length);
      collection.taken(nobody ? 0 : expected.everyone ? count : null);
      void this.inquiry.excuse({ command, collection, box, expiresAt, over: over.signal });
      await collection.complete(timeoutMs);
    } finally {
      over.abort();
      this.open.delete(ticket);
    }
    const missing = [...strangers, ...(await this.missing(command, collection))];
    const silent = missing.map((hostname) => {
      const unreadable = collection.unreadableFrom(hostname, missing.length);
      const hasMailbox = !strangers.has(hostname) && !isNamed(command);
      return explainSilence(hostname, { ...this.knowledgeOf(hostname), hasMailbox, unreadable });
    });
    const addressedBeats = (command.destination ?? []).filter((name) => collection.excusedNames.has(name));
    const replies = [...collection.replies].map(toWorkerReply).concat(silent, addressedBeats.map(beatReply));
    return {
      replies: replies.sort((a, b) => byName(a.hostname, b.hostname)),
      expected: collection.expectedCount,
      tookMs: now() - startedAt,
    };
  }

  /** Asks the beats whether they are alive; the book of beats says what came of it. */
  async lookForBeats(timeoutMs: number, over: AbortSignal): Promise<void> {
    this.listening ??= this.listen();
    const box = await this.openBox();
    await Promise.all([this.inquiry.look(box, timeoutMs, over), this.meetStrangers(timeoutMs, over)]);
  }

  /** A beat under a name of its own shows by what it does not answer. */
  private async meetStrangers(timeoutMs: number, over: AbortSignal): Promise<void> {
    const destination = await this.inquiry.strangers(over);
    if (destination.length > 0) await this.ask({ method: 'clock', arguments: {}, destination, timeoutMs });
  }

  /** Sends a command whose effect shows elsewhere; nobody answers it. */
  async tell(command: ControlCommand): Promise<number | null> {
    return this.parts.session.broadcast(toMessage(command));
  }

  private openBox(): Promise<ReplyBox> {
    this.box ??= this.parts.session
      .openReplies((reply) => this.receive(reply))
      .catch((error: unknown) => {
        this.box = null;
        throw error;
      });
    return this.box;
  }

  /**
   * The mailbox listens once and not each question for itself: what is attached to the promise of a session's end stays
   * there until the session ends. In a function of its own, because a closure keeps every variable of the function that it
   * was made in: within `ask` it kept the replies to the first question.
   */
  private async listen(): Promise<void> {
    this.end(await this.parts.session.ended);
  }

  private end(error: Error | null): void {
    const reason = error ?? new CeleriacError('cancelled', phrase('cluster.closedEarly'));
    this.endedBy = reason;
    for (const collection of this.open.values()) collection.fail(reason);
  }

  private receive(reply: ReceivedReply): void {
    const asked = reply.ticket === null ? undefined : this.open.get(reply.ticket);
    if ('isUnreadable' in reply) {
      for (const collection of asked ? [asked] : this.open.values()) collection.addUnreadable(null);
      return;
    }
    const { beats, now } = this.parts;
    this.answeredBefore.add(reply.hostname);
    if (beats.isBeat(reply.hostname)) beats.noteAnswer(reply.hostname, now());
    if (this.inquiry.take(reply.ticket, reply.hostname)) return;
    if (asked) this.collect(asked, reply);
    else if (reply.ticket === null || !this.asked.has(reply.ticket))
      for (const collection of this.open.values()) collection.addUnreadable(reply.hostname);
  }

  private collect(collection: Collection, reply: ControlReply): void {
    const room = Math.floor(this.parts.limitBytes / bytesPerCharacter) - this.heldCharacters();
    const left = roomAfter(reply.value, depthLimit, room - reply.hostname.length);
    if (left < 0) this.parts.onTooLarge();
    const { ticket, hostname } = reply;
    if (left >= 0) collection.add(reply, room - left);
    else collection.add({ ticket, hostname, value: { error: tooLargeSentence } }, 0);
  }

  private heldCharacters(): number {
    let held = 0;
    for (const { size } of this.open.values()) held += size;
    return held;
  }

  /** When no heart has been heard yet, those that hold a mailbox are the ones to wait for. */
  private async namesOf(
    command: ControlCommand,
    expected: Expectation,
    strangers: ReadonlySet<string>,
  ): Promise<readonly string[]> {
    if (!expected.everyone || expected.names.length > 0) return expected.names.filter((name) => !strangers.has(name));
    return this.mailboxesThatAnswer(command);
  }

  private async mailboxesThatAnswer({ method }: ControlCommand): Promise<readonly string[]> {
    const names = (await this.parts.session.mailboxNames()) ?? [];
    return method === 'ping' ? names : names.filter((name) => !this.parts.beats.isBeat(name));
  }

  /** Addressed workers that nobody has heard of and that hold no mailbox: there is no use in waiting for them. */
  private async strangers({ destination }: ControlCommand): Promise<ReadonlySet<string>> {
    const unheard = (destination ?? []).filter((name) => !this.parts.workers().has(name));
    if (unheard.length === 0) return new Set();
    const mailboxes = await this.parts.session.mailboxNames();
    return new Set(mailboxes === null ? [] : unheard.filter((name) => !mailboxes.includes(name)));
  }

  /** Who should have answered and did not; where only their number is known, the broker's mailboxes may name them. */
  private async missing(command: ControlCommand, collection: Collection): Promise<string[]> {
    const named = collection.silentNames();
    if (command.destination || command.pattern || !collection.isShort(named.length)) return named;
    const mailboxes = await this.mailboxesThatAnswer(command);
    return [...new Set([...named, ...mailboxes.filter((name) => !collection.hasAnswered(name))])];
  }

  private knowledgeOf(hostname: string) {
    const worker = this.parts.workers().get(hostname) ?? null;
    return { worker, answeredBefore: this.answeredBefore.has(hostname) };
  }
}

/** Where nobody was addressed by name, an unheard worker is known only by its mailbox. */
const isNamed = ({ destination }: ControlCommand): boolean => Boolean(destination);

const toMessage = (command: ControlCommand): ControlMessage => {
  if (command.method === 'election') throw new CeleriacError('unsupported', phrase('cluster.election'));
  return {
    method: command.method,
    arguments: command.arguments,
    destination: command.destination ?? null,
    pattern: command.pattern ?? null,
    matcher: command.matcher ?? null,
  };
};
