import type { FailureGroup } from '../../server/api/failures.ts';
import { isMuted } from '../failures/failureGroups.ts';
import { isMutedConnection, isSilent, isWanted, type Policy } from './policy.ts';
import type { ClusterName, NewFailures, Recovery, ReportedFailures, Signal, Toast } from './toasts.ts';

const collectMs = 5_000;
const stepMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const burstCount = 10;
const burstFactor = 3;
/** A new cause that becomes a burst may say so after a minute; a burst is told again after five. */
const repeatMs = { new: 60_000, burst: 300_000 };

interface Watched {
  readonly cluster: ClusterName;
  readonly group: FailureGroup;
  /** What came within the last minute. */
  readonly recent: readonly { readonly at: number; readonly added: number }[];
  /** What its last toast told; null: it had none, or its burst is over. */
  readonly told: 'new' | 'burst' | null;
  readonly reportedAt: number;
}

/** All that decides about the next toast. Times are milliseconds since 1970. */
export interface ToastState {
  readonly watched: ReadonlyMap<string, Watched>;
  /** The kinds of failures that wait for the collecting window to close. */
  readonly collected: ReadonlySet<string>;
  readonly closesAt: number | null;
  /** Until when the failures of a cluster wait for one toast: the first minute shows what is always there. */
  readonly settling: ReadonlyMap<string, number>;
  readonly conditions: ReadonlyMap<string, { readonly holds: boolean; readonly reportedAt: number }>;
  readonly shownAt: readonly number[];
  readonly heldBack: number;
}

export interface Step {
  readonly state: ToastState;
  readonly toasts: readonly Toast[];
  readonly recoveries: readonly Recovery[];
}

export const noToasts: ToastState = {
  watched: new Map(),
  collected: new Set(),
  closesAt: null,
  settling: new Map(),
  conditions: new Map(),
  shownAt: [],
  heldBack: 0,
};

/** What is shown for a signal that comes `now`. Pure: the same signals at the same times bring the same toasts. */
export const reduceToasts = (state: ToastState, signal: Signal, policy: Policy, now: number): Step => {
  const due = closeWindow(state, policy, now);
  switch (signal.kind) {
    case 'tick':
      return due;
    case 'connected': {
      const settling = new Map(due.state.settling).set(signal.cluster.clusterId, now + minuteMs);
      return { ...due, state: { ...due.state, settling } };
    }
    case 'failures':
      return { ...due, state: takeFailures(due.state, signal, policy, now) };
    case 'condition': {
      const next = takeCondition(due.state, signal, policy, now);
      return { ...next, toasts: [...due.toasts, ...next.toasts] };
    }
    default:
      return signal satisfies never;
  }
};

/** One batch at a time: thousands of kinds may fail in the same moment. */
const takeFailures = (
  state: ToastState,
  { cluster, failures }: Extract<Signal, { kind: 'failures' }>,
  policy: Policy,
  now: number,
): ToastState => {
  const watched = withoutOld(state.watched, now);
  const collected = new Set(state.collected);
  for (const failure of failures) {
    const key = `${cluster.clusterId} ${failure.group.id}`;
    const next = watch(watched.get(key), cluster, failure, now);
    watched.set(key, next);
    if (isDue(next, failure.isNew, policy, now)) collected.add(key);
  }
  const closing = state.closesAt ?? Number.POSITIVE_INFINITY;
  const collects = collected.size > state.collected.size;
  const closesAt = collects ? Math.min(closing, closesFor(state, cluster.clusterId, now)) : closing;
  return { ...state, watched, collected, closesAt: Number.isFinite(closesAt) ? closesAt : null };
};

const closesFor = ({ settling }: ToastState, clusterId: string, now: number): number =>
  Math.max(now + collectMs, settling.get(clusterId) ?? 0);

const watch = (
  before: Watched | undefined,
  cluster: ClusterName,
  { group, added }: NewFailures,
  now: number,
): Watched => {
  const recent = withAdded(within(before?.recent ?? [], now), added, now);
  const isOver = before?.told === 'burst' && !isBurst(recent, group);
  return { cluster, group, recent, told: isOver ? null : (before?.told ?? null), reportedAt: before?.reportedAt ?? 0 };
};

/** Whether this kind of failure has something to say now. */
const isDue = ({ group, recent, told, reportedAt }: Watched, isNew: boolean, policy: Policy, now: number): boolean => {
  const speaks = (isNew && policy.level === 'all') || (told !== 'burst' && isBurst(recent, group));
  const isRested = now - reportedAt >= repeatMs[told === 'new' ? 'new' : 'burst'];
  return speaks && isRested && isWanted(policy, group) && !isMuted(group, now);
};

/** More than ten within a minute, and more than three times what is usual for it. */
const isBurst = (recent: Watched['recent'], group: FailureGroup): boolean => {
  const count = sumOf(recent);
  return count > burstCount && count > burstFactor * usualPerMinute(group);
};

/** Without the last two minutes: they are what is compared. */
const usualPerMinute = ({ perMinute }: FailureGroup): number => {
  const before = perMinute.slice(0, -2);
  return before.length === 0 ? 0 : before.reduce((sum, count) => sum + count, 0) / before.length;
};

/** When the window closes, all that was collected becomes one toast for each connection that is not settling. */
const closeWindow = (state: ToastState, policy: Policy, now: number): Step => {
  if (state.closesAt === null || now < state.closesAt) return { state, toasts: [], recoveries: [] };
  const isSettling = ({ cluster }: Watched): boolean => (state.settling.get(cluster.clusterId) ?? 0) > now;
  const waiting = [...state.collected].filter((key) => {
    const entry = state.watched.get(key);
    return entry !== undefined && isSettling(entry);
  });
  const entries = [...state.collected].flatMap((key) => {
    const entry = state.watched.get(key);
    return entry && !isSettling(entry) && isWanted(policy, entry.group) && !isMuted(entry.group, now)
      ? [{ key, entry }]
      : [];
  });
  const watched = new Map(state.watched);
  for (const { key, entry } of entries) {
    const told = isBurst(within(entry.recent, now), entry.group) ? 'burst' : 'new';
    watched.set(key, { ...entry, told, reportedAt: now });
  }
  const ends = waiting.map((key) => state.settling.get(watched.get(key)?.cluster.clusterId ?? '') ?? now);
  const closesAt = ends.length > 0 ? Math.min(...ends) : null;
  const settling = new Map([...state.settling].filter(([, until]) => until > now));
  let step: Step = {
    state: { ...state, watched, collected: new Set(waiting), closesAt, settling },
    toasts: [],
    recoveries: [],
  };
  for (const { cluster, told } of byCluster(
    entries.map(({ entry }) => entry),
    now,
  ))
    step = show(step, { kind: 'failures', cluster, told, heldBack: 0 }, policy, now);
  return step;
};

const byCluster = (entries: readonly Watched[], now: number) => {
  const found = new Map<string, { readonly cluster: ClusterName; readonly told: readonly ReportedFailures[] }>();
  for (const { cluster, group, recent } of entries) {
    const told = [...(found.get(cluster.clusterId)?.told ?? []), { group, inLastMinute: sumOf(within(recent, now)) }];
    told.sort((a, b) => b.inLastMinute - a.inLastMinute);
    found.set(cluster.clusterId, { cluster, told });
  }
  return found.values();
};

const takeCondition = (
  state: ToastState,
  { cluster, condition, holds, detail }: Extract<Signal, { kind: 'condition' }>,
  policy: Policy,
  now: number,
): Step => {
  const key = `${cluster.clusterId} ${condition}`;
  const before = state.conditions.get(key) ?? { holds: false, reportedAt: 0 };
  if (before.holds === holds) return { state, toasts: [], recoveries: [] };
  const isDue = holds && now - before.reportedAt >= repeatMs.burst;
  const conditions = new Map(state.conditions).set(key, { holds, reportedAt: isDue ? now : before.reportedAt });
  const step: Step = { state: { ...state, conditions }, toasts: [], recoveries: [] };
  if (!holds) return { ...step, recoveries: [{ cluster, condition }] };
  return isDue ? show(step, { kind: 'condition', cluster, condition, detail, heldBack: 0 }, policy, now) : step;
};

/** The last toast of an hour is kept for what is worse than failures. */
const show = (step: Step, toast: Toast, policy: Policy, now: number): Step => {
  const shownAt = step.state.shownAt.filter((at) => now - at < hourMs);
  if (isSilent(policy, now) || isMutedConnection(policy, toast.cluster.clusterId, now))
    return { ...step, state: { ...step.state, shownAt } };
  const places =
    toast.kind === 'condition' ? policy.maxPerHour : Math.min(policy.maxPerHour, Math.max(1, policy.maxPerHour - 1));
  if (shownAt.length >= places)
    return { ...step, state: { ...step.state, shownAt, heldBack: step.state.heldBack + 1 } };
  const told = { ...toast, heldBack: step.state.heldBack };
  return {
    ...step,
    state: { ...step.state, shownAt: [...shownAt, now], heldBack: 0 },
    toasts: [...step.toasts, told],
  };
};

/** Counted by the second, so that a minute is at most sixty figures. */
const withAdded = (recent: Watched['recent'], added: number, now: number): Watched['recent'] => {
  const last = recent.at(-1);
  if (last === undefined || now - last.at >= stepMs) return [...recent, { at: now, added }];
  return [...recent.slice(0, -1), { at: last.at, added: last.added + added }];
};

const within = (recent: Watched['recent'], now: number): Watched['recent'] =>
  recent.filter(({ at }) => now - at < minuteMs);

const sumOf = (recent: Watched['recent']): number => recent.reduce((sum, { added }) => sum + added, 0);

/** What was silent long enough has nothing to say to the next toast. */
const withoutOld = (watched: ToastState['watched'], now: number): Map<string, Watched> =>
  new Map(
    [...watched].filter(
      ([, { recent, reportedAt }]) => now - Math.max(reportedAt, recent.at(-1)?.at ?? 0) < repeatMs.burst,
    ),
  );
