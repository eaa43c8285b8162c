import type { ControlReply } from '../celery/controlReply.ts';

/** Names cost nothing to make up. */
const astrayLimit = 5_000;

/** The replies to one command, and whether anybody is still missing. */
export class Collection {
  private readonly answers = new Map<string, ControlReply>();
  private readonly expectedNames: ReadonlySet<string>;
  private readonly done = Promise.withResolvers<void>();
  private count: number | null = null;
  private isTaken = false;
  private isDone = false;
  /** What the answers hold, in characters. */
  size = 0;
  /** Workers that answered with the ticket of another question. */
  private readonly astray = new Set<string>();
  private readonly excused = new Set<string>();
  private unreadable = 0;
  private reason: Error | null = null;

  constructor(expectedNames: readonly string[]) {
    this.expectedNames = new Set(expectedNames);
  }

  get replies(): Iterable<ControlReply> {
    return this.answers.values();
  }

  /** How many should answer: as the broker counted, otherwise as many as are known by name. */
  get expectedCount(): number | null {
    if (this.count !== null) return Math.max(0, this.count - this.excused.size);
    return this.expectedNames.size > 0 ? this.expectedNames.size : null;
  }

  add(reply: ControlReply, size: number): void {
    this.size += size;
    this.answers.set(reply.hostname, reply);
    this.excused.delete(reply.hostname);
    this.check();
  }

  /** Something came that cannot be read; from whom is known only where no more than the ticket was wrong. */
  addUnreadable(hostname: string | null): void {
    if (hostname === null) this.unreadable += 1;
    else if (this.astray.size < astrayLimit) this.astray.add(hostname);
  }

  /** Whether what cannot be read is, or may be, the answer of one of those that are missing. */
  unreadableFrom(hostname: string, missing: number): 'surely' | 'perhaps' | 'no' {
    if (this.astray.has(hostname)) return 'surely';
    if (this.unreadable === 0) return 'no';
    return this.unreadable >= missing ? 'surely' : 'perhaps';
  }

  /** The broker has the command; `count` mailboxes took it, where that is known. */
  taken(count: number | null): void {
    this.count = count;
    this.isTaken = true;
    this.check();
  }

  /** It takes every command and will not answer this one: nobody waits for it any longer. */
  excuse(hostname: string): void {
    if (this.excused.has(hostname) || this.answers.has(hostname)) return;
    this.excused.add(hostname);
    this.check();
  }

  get excusedNames(): ReadonlySet<string> {
    return this.excused;
  }

  hasAnswered(hostname: string): boolean {
    return this.answers.has(hostname);
  }

  silentNames(): string[] {
    return [...this.expectedNames].filter((name) => !this.answers.has(name) && !this.excused.has(name));
  }

  /** Whether fewer are accounted for than should be. */
  isShort(alsoKnown: number): boolean {
    return this.count !== null && this.answers.size + this.excused.size + alsoKnown < this.count;
  }

  /** Nobody can answer any more. */
  fail(reason: Error): void {
    this.reason ??= reason;
    this.done.resolve();
  }

  /** Whether the broker has counted the mailboxes that took the command. */
  get isCounted(): boolean {
    return this.count !== null;
  }

  get isComplete(): boolean {
    return this.isDone;
  }

  /** Resolves when nobody is missing or the time is over; rejects when it has failed. */
  async complete(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.done.resolve(), timeoutMs);
    await this.done.promise;
    clearTimeout(timer);
    if (this.reason) throw this.reason;
  }

  private check(): void {
    if (!this.isTaken) return;
    const enough =
      this.count === null
        ? this.expectedNames.size > 0 && this.silentNames().length === 0
        : this.answers.size + this.excused.size >= this.count;
    if (!enough) return;
    this.isDone = true;
    this.done.resolve();
  }
}
