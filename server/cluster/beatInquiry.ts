import { randomUUID } from 'node:crypto';
import type { ControlCommand } from '../api/control.ts';
import type { Worker } from '../api/model.ts';
import type { BrokerSession, ReplyBox } from '../brokers/broker.ts';
import type { ControlMessage } from '../celery/control.ts';
import { pause } from '../waits/pause.ts';
import { type BeatBook, beatPattern } from './beatBook.ts';
import type { Collection } from './collection.ts';
import { RecentSet } from './recentSet.ts';

export interface BeatInquiryParts {
  readonly session: Pick<BrokerSession, 'mailboxNames'>;
  readonly workers: () => ReadonlyMap<string, Worker>;
  readonly beats: BeatBook;
  readonly now: () => number;
}

/** A command that is on its way. */
export interface Asking {
  readonly command: ControlCommand;
  readonly collection: Collection;
  readonly box: ReplyBox;
  readonly expiresAt: number;
  /** The command is answered, or its time is over. */
  readonly over: AbortSignal;
}

/** Workers answer within milliseconds; after this long it is worth finding out who will not. */
const hushMs = 250;
/** Whose names are read this often; a beat that has started meanwhile is noticed after the hush. */
const namesForMs = 30_000;
/** A broker may keep the mailboxes of thousands of pods that are gone. */
const suspectsAtOnce = 200;
/** In looks at the beats. */
const strangersEvery = 4;
const rememberedTickets = 1_000;

/**
 * A beat takes every command and answers none but `ping`, so that it would be waited for in vain. Mailboxes are emptied in
 * order: whoever answers a ping that was sent after a command, and not the command, ignores the command.
 */
export class BeatInquiry {
  private readonly parts: BeatInquiryParts;
  /** By the ticket of a ping: the command from which those are excused that answer it. */
  private readonly pings = new Map<string, Collection>();
  /** Of an earlier ping an answer may come late. */
  private readonly tickets = new RecentSet(rememberedTickets);
  private looks = 0;
  private areNamesKnown = false;
  private names: { readonly all: readonly string[]; readonly readAt: number } | null = null;

  constructor(parts: BeatInquiryParts) {
    this.parts = parts;
  }

  /** Whether a reply was the answer to a ping of this inquiry. */
  take(ticket: string | null, hostname: string): boolean {
    if (ticket === null || !this.tickets.has(ticket)) return false;
    const collection = this.pings.get(ticket);
    const isIgnoring = collection !== undefined && !collection.hasAnswered(hostname);
    if (isIgnoring) collection.excuse(hostname);
    const { beats, now } = this.parts;
    if (isIgnoring || beats.isBeat(hostname)) beats.noteAnswer(hostname, now());
    return true;
  }

  /** Excuses beats from a command that all mailboxes take; never fails. */
  async excuse(asking: Asking): Promise<void> {
    const { command, collection, over } = asking;
    if (command.method === 'ping' || collection.isComplete) return;
    const tickets: string[] = [];
    try {
      if (collection.isCounted) await this.ping(asking, await this.beatNames(), tickets);
      await pause(hushMs, over);
      if (!over.aborted) await this.ping(asking, await this.suspects(collection), tickets);
      await pause(asking.expiresAt - this.parts.now(), over);
    } catch {
      // The command fails for the same reason, and says so.
    } finally {
      for (const ticket of tickets) this.pings.delete(ticket);
    }
  }

  /** Asks the beats whether they are alive: those of the usual name, and those that are known. */
  async look(box: ReplyBox, timeoutMs: number, over: AbortSignal): Promise<void> {
    const { beats, now } = this.parts;
    const askedAt = now();
    this.names = null;
    const names = await this.beatNames();
    const message = this.areNamesKnown ? { ...ping, destination: names } : { ...ping, pattern: beatPattern, matcher };
    if (this.areNamesKnown && names.length === 0) return;
    await box.ask(message, this.ticket(), askedAt + timeoutMs);
    await pause(timeoutMs, over);
    if (over.aborted) return;
    const answeredAt = new Map(beats.all.map(({ hostname, lastAnswerAt }) => [hostname, lastAnswerAt ?? 0]));
    for (const name of names) if ((answeredAt.get(name) ?? 0) < askedAt) beats.noteSilence(name, now());
    beats.tidy(now());
  }

  /** Who has a mailbox and was never heard; not looked for each time, because most of these are leftovers of crashes. */
  async strangers(over: AbortSignal): Promise<readonly string[]> {
    const isDue = this.looks++ % strangersEvery === 0;
    if (isDue) await pause(hushMs, over);
    if (!isDue || over.aborted) return [];
    const { session, workers, beats } = this.parts;
    const names = (await session.mailboxNames()) ?? [];
    return names.filter((name) => !workers().has(name) && !beats.isBeat(name)).slice(0, suspectsAtOnce);
  }

  private async ping({ collection, box, expiresAt }: Asking, destination: readonly string[], tickets: string[]) {
    if (destination.length === 0) return;
    const ticket = this.ticket();
    tickets.push(ticket);
    this.pings.set(ticket, collection);
    await box.ask({ ...ping, destination }, ticket, expiresAt);
  }

  private ticket(): string {
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return ticket;
  }

  /** Beats of the usual name that have a mailbox, and those that are known. */
  private async beatNames(): Promise<readonly string[]> {
    const { session, beats, now } = this.parts;
    if (this.names === null || now() - this.names.readAt > namesForMs) {
      const all = await session.mailboxNames().catch(() => null);
      this.areNamesKnown = all !== null;
      this.names = { all: (all ?? []).filter((name) => beats.isBeat(name)), readAt: now() };
    }
    return [...new Set([...this.names.all, ...beats.all.map(({ hostname }) => hostname)])];
  }

  /** Who is waited for and was never heard: a worker that sends no heartbeats, or a beat under a name of its own. */
  private async suspects(collection: Collection): Promise<readonly string[]> {
    const named = collection.silentNames();
    const mailboxes = collection.isShort(named.length) ? ((await this.parts.session.mailboxNames()) ?? []) : [];
    const isSuspect = (name: string): boolean => !this.parts.workers().has(name) && !collection.hasAnswered(name);
    return [...new Set([...named, ...mailboxes])].filter(isSuspect).slice(0, suspectsAtOnce);
  }
}

const matcher = 'glob';
const ping: ControlMessage = { method: 'ping', arguments: {}, destination: null, pattern: null, matcher: null };
