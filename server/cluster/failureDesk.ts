import { CeleriacError, messageOf } from '../api/errors.ts';
import type { FailureGroup, FailureMute, FailureOccurrence, FailureOccurrencePage } from '../api/failures.ts';
import type { Failure, FailureQuery } from '../api/history.ts';
import type { StoreMemory } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { parseJson } from '../celery/parseJson.ts';
import { type FailedRun, FailureBook } from '../failures/failureBook.ts';
import { fingerprintOf } from '../failures/fingerprint.ts';
import { exceptionKind } from '../history/exceptionKind.ts';
import type { History } from '../history/history.ts';
import type { ClusterState } from '../state/clusterState.ts';
import { Complaint } from './complaint.ts';
import type { Guard } from './guard.ts';

export interface FailureDeskParts {
  readonly guard: Guard;
  readonly state: ClusterState;
  readonly history: History | null;
  readonly now: () => number;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
  /** How many bytes the groups may hold. */
  readonly limitBytes: number;
}

const saveEveryMs = 5_000;
const usualLimit = 50;
/** Pages of a task's failures that are looked through for those of one group, in one request. */
const pagesAtOnce = 20;
const pageSize = 500;

/** The failures of one cluster in groups, kept beyond this process where there is a history. */
export class FailureDesk {
  private readonly book: FailureBook;
  private readonly parts: FailureDeskParts;
  private savedAt: number;
  private saving: Promise<void> | null = null;
  private readonly complaint: Complaint;

  constructor(parts: FailureDeskParts) {
    this.parts = parts;
    this.book = new FailureBook(undefined, parts.limitBytes);
    this.complaint = new Complaint(parts.log);
    this.savedAt = parts.now();
    const note = parts.guard.listener('failures', (run: FailedRun) => this.book.note(run), { isVital: true });
    parts.state.onFailure(note);
  }

  get all() {
    return this.book.all;
  }

  get memory(): StoreMemory {
    return { bytes: this.book.bytesHeld, limit: this.parts.limitBytes, evicted: this.book.evicted };
  }

  get hasChanges(): boolean {
    return this.book.hasChanges;
  }

  takeChanges() {
    return this.book.takeChanges();
  }

  async restore(): Promise<void> {
    const groups = await this.parts.history?.failureGroups();
    if (groups) this.book.restore(groups);
  }

  markSeen(ids: readonly string[] | null): void {
    this.book.markSeen(ids);
    this.parts.changed();
    this.save();
  }

  mute(ids: readonly string[], mute: FailureMute | null): void {
    this.book.mute(ids, mute);
    this.parts.changed();
    this.save();
  }

  /** About once a second. */
  tick(): void {
    this.book.tick(this.parts.now());
    if (this.book.hasChanges) this.parts.changed();
    if (this.parts.now() - this.savedAt >= saveEveryMs) this.save();
  }

  async stop(): Promise<void> {
    await this.saving;
    this.save();
    await this.saving;
  }

  /** The failures of a group, newest first: those that the state remembers and those on disk, each once. */
  async occurrences(id: string, limit = usualLimit, cursor?: string): Promise<FailureOccurrencePage> {
    const group = this.book.get(id);
    if (!group) throw new CeleriacError('notFound', phrase('failures.gone'));
    // The state and the history know no name of a task that its worker did not know either.
    const isNamed = group.taskName !== null && group.exceptionType !== 'NotRegistered';
    const names = isNamed ? [group.taskName] : [];
    const isOfGroup = (failure: Failure): boolean => {
      const print = fingerprintOf({ ...failure, taskName: failure.name });
      return print.id === id || print.causeId === id;
    };
    const from = cursor === undefined ? null : placeOf(cursor);
    const wanted = limit + 1;
    const [held, kept] = await Promise.all([
      gather((query) => this.heldFailures(query), { names }, from, isOfGroup, wanted),
      gather((query) => this.keptFailures(query), { names }, from, isOfGroup, wanted),
    ]);
    const merged = mergeNewest(held.found, kept.found);
    // Where one source was not looked through to its end, what the other has beyond that place must wait.
    const place = newestOf(held.stoppedAt, kept.stoppedAt);
    const complete = place === null ? merged : merged.filter((failure) => !isBehind(failure, place));
    const page = complete.slice(0, limit);
    const last = complete.length > limit ? (page.at(-1) ?? null) : place;
    return {
      occurrences: await Promise.all(page.map((failure) => this.withArguments(failure))),
      nextCursor: last && cursorOf(last),
    };
  }

  private save(): void {
    const { history, now } = this.parts;
    if (!history || this.saving) return;
    this.savedAt = now();
    const groups = this.book.takeUnsaved();
    if (groups.length === 0) return;
    this.saving = history
      .saveFailureGroups(groups)
      .then(
        () => this.complaint.over(),
        (error: unknown) => this.noteUnsaved(groups, error),
      )
      .finally(() => {
        this.saving = null;
      });
  }

  /** They are saved with the next ones: a disk that is full now may not be so then. */
  private noteUnsaved(groups: readonly FailureGroup[], error: unknown): void {
    this.book.saveAgain(groups);
    const why = messageOf(error);
    this.complaint.tell(`Failure groups could not be stored. Celeriac will try again: ${why}`);
  }

  private async keptFailures(query: FailureQuery) {
    return (await this.parts.history?.failures(query)) ?? { failures: [], nextCursor: null };
  }

  private async heldFailures({ names = [], to, cursor }: FailureQuery) {
    const { state } = this.parts;
    const page = state.tasks.page({
      states: ['FAILURE'],
      names,
      ...(to === undefined ? {} : { time: { column: 'finished' as const, to } }),
      sort: { column: 'finished', descending: true },
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const failures = page.tasks.map(({ id, name, worker, queue, finishedAt }): Failure => {
      const { exception = null, traceback = null } = state.tasks.find(id) ?? {};
      const kind = exceptionKind(exception);
      return { taskId: id, at: finishedAt ?? 0, retried: false, name, worker, queue, kind, exception, traceback };
    });
    return { failures, nextCursor: page.nextCursor };
  }

  private async withArguments(failure: Failure): Promise<FailureOccurrence> {
    const { state, history } = this.parts;
    const task = state.tasks.find(failure.taskId) ?? (await history?.task(failure.taskId)) ?? null;
    return { ...failure, args: task?.args ?? null, kwargs: task?.kwargs ?? null };
  }
}

interface Place {
  readonly at: number;
  readonly taskId: string;
}

type ReadPage = (query: FailureQuery) => Promise<{
  readonly failures: readonly Failure[];
  readonly nextCursor: string | null;
}>;

interface Gathered {
  readonly found: readonly Failure[];
  /** How far it was looked; null: to the end. */
  readonly stoppedAt: Place | null;
}

/** The newest failures of a group behind a place, from one source. */
const gather = async (
  read: ReadPage,
  query: FailureQuery,
  from: Place | null,
  isOfGroup: (failure: Failure) => boolean,
  wanted: number,
): Promise<Gathered> => {
  const found: Failure[] = [];
  // The place itself is inside the range: others may have failed in the same instant.
  const range = from === null ? {} : { to: from.at + 1 };
  let next: { readonly cursor?: string } = {};
  for (let page = 1; ; page++) {
    const { failures, nextCursor } = await read({ ...query, ...range, limit: pageSize, ...next });
    found.push(...failures.filter((failure) => (from === null || isBehind(failure, from)) && isOfGroup(failure)));
    if (nextCursor === null) return { found, stoppedAt: null };
    if (found.length >= wanted || page === pagesAtOnce) return { found, stoppedAt: failures.at(-1) ?? from };
    next = { cursor: nextCursor };
  }
};

const newestOf = (a: Place | null, b: Place | null): Place | null => (a && b ? (isBehind(a, b) ? b : a) : (a ?? b));

const isBehind = (failure: Place, { at, taskId }: Place): boolean =>
  failure.at < at || (failure.at === at && failure.taskId < taskId);

const mergeNewest = (held: readonly Failure[], kept: readonly Failure[]): readonly Failure[] => {
  const byKey = new Map([...kept, ...held].map((failure) => [`${failure.taskId} ${failure.at}`, failure]));
  return [...byKey.values()].sort((a, b) => b.at - a.at || (a.taskId < b.taskId ? 1 : -1));
};

const cursorOf = ({ at, taskId }: Place): string => Buffer.from(JSON.stringify([at, taskId])).toString('base64url');

const placeOf = (cursor: string): Place => {
  const place = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [at, taskId]: unknown[] = Array.isArray(place) ? place : [];
  if (typeof at === 'number' && typeof taskId === 'string') return { at, taskId };
  throw new CeleriacError('badRequest', phrase('page.badCursor'));
};
