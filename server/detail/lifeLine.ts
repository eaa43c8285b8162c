import { endStates } from '../api/history.ts';
import type { ClockDoubt, GapKind, LifeGap, LifeLine, Moment, MomentKind } from '../api/taskDetail.ts';
import type { Task } from '../api/tasks.ts';

/** What is known of the clocks: how far each worker's is behind ours, in seconds. */
export type DriftOf = (worker: string) => number | null;

/** Less than this between two machines' clocks is not worth a word. */
const noticeableDriftMs = 500;

/** A task's life as its latest attempt lived it: what happened when, and what it waited for in between. */
export const lifeLine = (task: Task, now: number, driftOf: DriftOf): LifeLine => {
  const eta = etaOf(task.eta);
  const told = momentsOf(task, eta !== null && eta <= now ? eta : null);
  const last = told.at(-1);
  const isOver = endStates.includes(task.state);
  const moments: readonly Moment[] = isOver || !last ? told : [...told, { kind: 'now', at: now, by: null }];
  const gaps: LifeGap[] = [];
  for (const [index, to] of moments.entries()) {
    const from = moments[index - 1];
    if (!from) continue;
    gaps.push({
      kind: gapKind(from.kind, to.kind, eta !== null && eta > now),
      from: from.kind,
      to: to.kind,
      ms: gapMs(from, to, task),
      isOpen: to.kind === 'now',
      doubt: doubtOf(from, to, driftOf),
    });
  }
  return { moments, gaps };
};

/** In the order in which they must have happened, whatever the clocks say. */
const momentsOf = (task: Task, eta: number | null): readonly Moment[] => {
  const { worker, receivedAt, startedAt } = task;
  const isAgain = isAnotherAttempt(task);
  const moments: Moment[] = isAgain ? earlierMoments(task) : [];
  const add = (kind: MomentKind, at: number | null, by: string | null): void => {
    if (at !== null) moments.push({ kind, at, by });
  };
  if (!isAgain) add('sent', task.sentAt, task.client);
  add('received', receivedAt, worker);
  const isHeld = eta !== null && receivedAt !== null && eta > receivedAt;
  const isStartOfThis = startedAt !== null && (!isAgain || receivedAt === null || startedAt >= receivedAt - 1);
  if (isHeld && (!isStartOfThis || eta <= startedAt + 1_000)) add('eta', eta, null);
  if (isStartOfThis) add('started', startedAt, worker);
  if (task.state === 'RETRY' && !isAgain) add('retried', task.retriedAt, worker);
  if (task.state === 'SUCCESS') add('succeeded', task.succeededAt, worker);
  if (task.state === 'FAILURE') add('failed', task.failedAt, worker);
  if (task.state === 'REVOKED') add('revoked', task.revokedAt, worker);
  if (task.state === 'REJECTED') add('rejected', task.rejectedAt, worker);
  return moments;
};

/** A worker sends the next attempt, and may receive it, before it tells that the last one has failed. */
const isAnotherAttempt = ({ state, retriedAt, receivedAt, startedAt }: Task): boolean =>
  retriedAt !== null && (state !== 'RETRY' || (receivedAt !== null && startedAt !== null && receivedAt > startedAt));

/** A sending shortly before the retry was that of the retry itself. */
const sentAgainWithinMs = 1_000;

const earlierMoments = ({ sentAt, client, firstSeenAt, retriedAt, receivedAt, worker }: Task): Moment[] => {
  const failedAt = Math.min(retriedAt ?? firstSeenAt, receivedAt ?? Number.POSITIVE_INFINITY);
  const isFirstSending = sentAt !== null && sentAt < failedAt - sentAgainWithinMs;
  return [
    isFirstSending ? { kind: 'sent', at: sentAt, by: client } : { kind: 'first', at: firstSeenAt, by: null },
    { kind: 'retried', at: failedAt, by: worker },
  ];
};

const zone = /(?:Z|[+-]\d\d:?\d\d)$/;

/** An ETA without a zone is in UTC (Celery's `enable_utc`, the default). */
const etaOf = (eta: string | null): number | null => {
  if (eta === null) return null;
  const ms = Date.parse(zone.test(eta) ? eta : `${eta}Z`);
  return Number.isNaN(ms) ? null : ms;
};

const gapKind = (from: MomentKind, to: MomentKind, isHeldForEta: boolean): GapKind => {
  if (to === 'retried' && (from === 'sent' || from === 'first')) return 'earlier';
  if (from === 'retried') return 'retry';
  if (from === 'started') return 'run';
  if (from === 'sent') return to === 'received' || to === 'now' ? 'broker' : 'unheard';
  if (to === 'eta' || (from === 'received' && to === 'now' && isHeldForEta)) return 'eta';
  if (from === 'received' || from === 'eta') return to === 'started' || to === 'now' ? 'prefetch' : 'unheard';
  return 'unheard';
};

/** The worker measures the run itself, with a clock that nobody sets; two events' times would do worse. */
const gapMs = (from: Moment, to: Moment, task: Task): number =>
  from.kind === 'started' && to.kind === 'succeeded' && task.runtimeSeconds !== null
    ? task.runtimeSeconds * 1000
    : to.at - from.at;

const doubtOf = (from: Moment, to: Moment, driftOf: DriftOf): ClockDoubt | null => {
  const ms = to.at - from.at;
  const driftMs = driftBetween(from, to, driftOf);
  if (ms < -1) return { kind: 'reversed', driftMs };
  const isDoubtful = driftMs !== null && Math.abs(driftMs) >= noticeableDriftMs && Math.abs(driftMs) >= ms / 4;
  return isDoubtful ? { kind: 'drift', driftMs } : null;
};

/** How far the later machine's clock is ahead of the earlier one's; senders tell nothing of theirs, so it counts as ours. */
const driftBetween = (from: Moment, to: Moment, driftOf: DriftOf): number | null => {
  if (from.by === to.by || from.by === null) return null;
  const driftOfEither = (moment: Moment): number | null =>
    moment.by === null || moment.kind === 'sent' || moment.kind === 'now' ? 0 : driftOf(moment.by);
  const later = driftOfEither(to);
  const earlier = driftOfEither(from);
  return later === null || earlier === null ? null : (earlier - later) * 1000;
};
