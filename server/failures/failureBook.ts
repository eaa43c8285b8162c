import type { FailureGroup, FailureMute, TracebackFrame } from '../api/failures.ts';
import type { FailureReport, Fingerprint } from './fingerprint.ts';
import { FingerprintCache } from './fingerprintCache.ts';
import { normaliseMessage } from './normaliseMessage.ts';

/** A run that failed, as the state tells of it. */
export interface FailedRun extends FailureReport {
  readonly taskId: string;
  readonly worker: string | null;
  readonly at: number;
}

interface Held {
  readonly id: string;
  taskName: string | null;
  readonly exceptionType: string;
  message: string;
  frame: TracebackFrame | null;
  count: number;
  firstSeenAt: number;
  lastSeenAt: number;
  workers: string[];
  lastTaskId: string;
  unseen: number;
  mute: FailureMute | null;
  perMinute: number[];
}

const groupLimit = 2_000;
/** Forgotten at once, so that a flood of new causes does not sort them all each time. */
const forgottenAtOnce = 100;
const workerLimit = 10;
const minutes = 60;
const minuteMs = 60_000;
const changesAtOnce = 200;
/** Of what the book may hold, for finding a cause again quickly. */
const cachePart = 0.25;
/** A group's counts, and what the maps need for it. */
const groupOverhead = 1_500;

/**
 * Failures in groups of one cause each, and which groups changed since somebody last asked. Pure; time comes in. Beyond
 * the limit, groups that have been seen and are not muted go first, those that failed longest ago before the others.
 */
export class FailureBook {
  private readonly groups = new Map<string, Held>();
  private readonly changed = new Set<string>();
  private readonly unsaved = new Set<string>();
  private readonly gone = new Set<string>();
  /** The newest group of each cause that has a name: a run whose name no event told belongs there. */
  private readonly named = new Map<string, string>();
  private readonly prints: FingerprintCache;
  private readonly limit: number;
  private readonly limitBytes: number;
  private groupBytes = 0;
  /** Groups forgotten to make room. */
  evicted = 0;

  constructor(limit = groupLimit, limitBytes = Number.POSITIVE_INFINITY) {
    this.limit = limit;
    this.limitBytes = limitBytes;
    this.prints = new FingerprintCache(limitBytes * cachePart);
  }

  get bytesHeld(): number {
    return this.groupBytes + this.prints.bytesHeld;
  }

  get hasChanges(): boolean {
    return this.changed.size > 0 || this.gone.size > 0;
  }

  get all(): readonly FailureGroup[] {
    return [...this.groups.values()].map(toGroup);
  }

  get(id: string): FailureGroup | null {
    const held = this.groups.get(id);
    return held ? toGroup(held) : null;
  }

  /** Enters a failure; true when it is the first of its cause. */
  note(run: FailedRun): boolean {
    const print = this.prints.of(run);
    const held = this.groupOf(print);
    if (held) this.enter(held, print, run);
    else this.add(print, run);
    this.touch(held?.id ?? print.id);
    if (print.taskName !== null) this.remember(print.causeId, held?.id ?? print.id);
    return !held;
  }

  /**
   * A failure belongs to its cause whether or not its event named the task: one without a name joins the group of its cause,
   * and a group without a name gets that of the first run that has one.
   */
  private groupOf({ id, causeId, taskName }: Fingerprint): Held | undefined {
    const own = this.groups.get(id);
    if (own) return own;
    if (taskName === null) return this.groups.get(this.named.get(causeId) ?? '');
    const unnamed = this.groups.get(causeId);
    return unnamed && (unnamed.taskName ?? taskName) === taskName ? unnamed : undefined;
  }

  private remember(causeId: string, id: string): void {
    if (this.named.size >= 2 * this.limit) this.named.clear();
    this.named.set(causeId, id);
  }

  /** What was known before this process began; failures heard meanwhile are added to it. */
  restore(groups: readonly FailureGroup[]): void {
    for (const group of groups) {
      const heard = this.groups.get(group.id);
      this.put(heard ? together(group, heard) : toHeld(group));
      this.changed.add(group.id);
    }
    this.makeRoom();
  }

  /** Null: all. */
  markSeen(ids: readonly string[] | null): void {
    for (const id of ids ?? this.groups.keys()) {
      const held = this.groups.get(id);
      if (!held || held.unseen === 0) continue;
      held.unseen = 0;
      this.touch(id);
    }
  }

  mute(ids: readonly string[], mute: FailureMute | null): void {
    for (const id of ids) {
      const held = this.groups.get(id);
      if (!held) continue;
      held.mute = mute;
      if (mute) held.unseen = 0;
      this.touch(id);
    }
  }

  /** Ends the mutes whose time is over. */
  tick(now: number): void {
    for (const held of this.groups.values()) {
      if (held.mute?.kind !== 'until' || held.mute.at > now) continue;
      held.mute = null;
      this.touch(held.id);
    }
  }

  /** Not all at once in a flood: the others follow with the next batch. */
  takeChanges(): { readonly changed: readonly FailureGroup[]; readonly gone: readonly string[] } {
    const ids = [...this.changed].slice(0, changesAtOnce);
    const gone = [...this.gone];
    for (const id of ids) this.changed.delete(id);
    this.gone.clear();
    return { changed: ids.flatMap((id) => this.get(id) ?? []), gone };
  }

  /** What has to be kept, since somebody last asked. */
  takeUnsaved(): readonly FailureGroup[] {
    const groups = [...this.unsaved].flatMap((id) => this.get(id) ?? []);
    this.unsaved.clear();
    return groups;
  }

  /** Those that could not be saved after all. */
  saveAgain(groups: readonly FailureGroup[]): void {
    for (const { id } of groups) if (this.groups.has(id)) this.unsaved.add(id);
  }

  private touch(id: string): void {
    this.changed.add(id);
    this.unsaved.add(id);
  }

  private add(print: Fingerprint, { worker, taskId, at }: FailedRun): void {
    const { id, taskName, exceptionType, message, frame } = print;
    const perMinute = new Array<number>(minutes).fill(0);
    perMinute[minutes - 1] = 1;
    const workers = worker === null ? [] : [worker];
    const seen = { count: 1, unseen: 1, firstSeenAt: at, lastSeenAt: at, lastTaskId: taskId, mute: null };
    this.put({ id, taskName, exceptionType, message, frame, workers, perMinute, ...seen });
    this.gone.delete(id);
    this.makeRoom();
  }

  private enter(held: Held, print: Fingerprint, run: FailedRun): void {
    const before = sizeOf(held);
    enter(held, print, run);
    this.groupBytes += sizeOf(held) - before;
  }

  private put(held: Held): void {
    const before = this.groups.get(held.id);
    this.groupBytes += sizeOf(held) - (before ? sizeOf(before) : 0);
    this.groups.set(held.id, held);
  }

  private makeRoom(): void {
    const room = this.limitBytes * (1 - cachePart);
    if (this.groups.size <= this.limit && this.groupBytes <= room) return;
    const first = (held: Held): number => (held.unseen > 0 ? 2 : held.mute ? 1 : 0);
    const worst = [...this.groups.values()].sort((a, b) => first(a) - first(b) || a.lastSeenAt - b.lastSeenAt);
    const spare = Math.min(forgottenAtOnce, Math.floor(this.limit / 20));
    const fewest = this.groups.size - Math.max(0, this.groups.size - this.limit) - spare;
    for (const held of worst) {
      if (this.groups.size <= fewest && this.groupBytes <= room) break;
      const { id } = held;
      this.groupBytes -= sizeOf(held);
      this.evicted++;
      this.groups.delete(id);
      this.changed.delete(id);
      this.unsaved.delete(id);
      this.gone.add(id);
    }
    // Whoever begins to listen starts with a snapshot; without a listener nobody asks for these.
    for (const id of this.gone) {
      if (this.gone.size <= 2 * this.limit) break;
      this.gone.delete(id);
    }
  }
}

const enter = (held: Held, { taskName, message, frame }: Fingerprint, { worker, taskId, at }: FailedRun): void => {
  const isOther =
    normaliseMessage(message) !== normaliseMessage(held.message) ||
    frame?.line !== held.frame?.line ||
    (worker !== null && !held.workers.includes(worker));
  if (held.mute?.kind === 'change' && isOther) held.mute = null;
  if (held.mute?.kind === 'until' && held.mute.at <= at) held.mute = null;
  held.taskName ??= taskName;
  held.message = message;
  held.frame = frame;
  held.count++;
  if (held.mute === null) held.unseen++;
  countMinute(held, at);
  held.lastSeenAt = Math.max(held.lastSeenAt, at);
  held.lastTaskId = taskId;
  if (worker !== null && held.workers[0] !== worker)
    held.workers = [worker, ...held.workers.filter((each) => each !== worker)].slice(0, workerLimit);
};

const countMinute = (held: Held, at: number): void => {
  const passed = Math.floor(at / minuteMs) - Math.floor(held.lastSeenAt / minuteMs);
  if (passed > 0) {
    const kept = held.perMinute.slice(Math.min(passed, minutes));
    held.perMinute = [...kept, ...new Array<number>(minutes - kept.length).fill(0)];
  }
  const slot = minutes - 1 + Math.min(0, passed);
  if (slot >= 0) held.perMinute[slot] = (held.perMinute[slot] ?? 0) + 1;
};

const toGroup = (held: Held): FailureGroup => ({
  ...held,
  workers: [...held.workers],
  perMinute: [...held.perMinute],
});

const toHeld = (group: FailureGroup): Held => {
  const shape = group.perMinute.slice(-minutes);
  const perMinute = [...new Array<number>(minutes - shape.length).fill(0), ...shape];
  return { ...group, workers: [...group.workers], perMinute };
};

/** What was kept, and what was heard before it could be read. */
const together = (kept: FailureGroup, heard: Held): Held => ({
  ...heard,
  count: kept.count + heard.count,
  unseen: kept.unseen + heard.unseen,
  mute: heard.mute ?? kept.mute,
  firstSeenAt: Math.min(kept.firstSeenAt, heard.firstSeenAt),
});

const sizeOf = ({ taskName, exceptionType, message, frame }: Held): number =>
  groupOverhead +
  2 *
    ((taskName?.length ?? 0) +
      exceptionType.length +
      message.length +
      (frame ? frame.file.length + frame.function.length : 0));
