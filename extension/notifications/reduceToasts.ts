import type { FailureGroup } from '../../server/api/failures.ts';
import { isMuted } from '../failures/failureNodes.ts';
import { isSilent, isWanted, type Policy } from './policy.ts';
import type { ClusterName, Recovery, Signal, Toast, ToldFailures } from './toasts.ts';

const collectMs = 5_000;
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
  readonly toldAt: number;
}

/** All that decides about the next toast. Times are milliseconds since 1970. */
export interface ToastState {
  readonly watched: ReadonlyMap<string, Watched>;
  /** The kinds of failures that wait for the collecting window to close. */
  readonly collected: ReadonlySet<string>;
  readonly closesAt: number | null;
  readonly conditions: ReadonlyMap<string, { readonly holds: boolean; readonly toldAt: number }>;
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

const takeFailures = (
  state: ToastState,
  { cluster, group, added, isNew }: Extract<Signal, { kind: 'failures' }>,
  policy: Policy,
  now: number,
): ToastState => {
  const key = `${cluster.clusterId} ${group.id}`;
  const before = state.watched.get(key);
  const recent = [...within(before?.recent ?? [], now), { at: now, added }];
  const isBursting = isBurst(recent, group);
  const told = before?.told === 'burst' && !isBursting ? null : (before?.told ?? null);
  const toldAt = before?.toldAt ?? 0;
  const watched = withoutOld(state.watched, now).set(key, { cluster, group, recent, told, toldAt });
  const speaks = (isNew && policy.level === 'all') || (isBursting && told !== 'burst');
  const isRested = now - toldAt >= repeatMs[told === 'new' ? 'new' : 'burst'];
  const isDue = speaks && isRested && isWanted(policy, group) && !isMuted(group, now);
  if (!isDue || state.collected.has(key)) return { ...state, watched };
  return {
    ...state,
    watched,
    collected: new Set([...state.collected, key]),
    closesAt: state.closesAt ?? now + collectMs,
  };
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

/** When the window closes, all that was collected becomes one toast for each connection. */
const closeWindow = (state: ToastState, policy: Policy, now: number): Step => {
  if (state.closesAt === null || now < state.closesAt) return { state, toasts: [], recoveries: [] };
  const entries = [...state.collected].flatMap((key) => {
    const entry = state.watched.get(key);
    return entry && isWanted(policy, entry.group) && !isMuted(entry.group, now) ? [{ key, entry }] : [];
  });
  const watched = new Map(state.watched);
  for (const { key, entry } of entries) {
    const told = isBurst(within(entry.recent, now), entry.group) ? 'burst' : 'new';
    watched.set(key, { ...entry, told, toldAt: now });
  }
  let step: Step = {
    state: { ...state, watched, collected: new Set(), closesAt: null },
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
  const found = new Map<string, { readonly cluster: ClusterName; readonly told: readonly ToldFailures[] }>();
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
  const before = state.conditions.get(key) ?? { holds: false, toldAt: 0 };
  if (before.holds === holds) return { state, toasts: [], recoveries: [] };
  const isDue = holds && now - before.toldAt >= repeatMs.burst;
  const conditions = new Map(state.conditions).set(key, { holds, toldAt: isDue ? now : before.toldAt });
  const step: Step = { state: { ...state, conditions }, toasts: [], recoveries: [] };
  if (!holds) return { ...step, recoveries: [{ cluster, condition }] };
  return isDue ? show(step, { kind: 'condition', cluster, condition, detail, heldBack: 0 }, policy, now) : step;
};

/** The last toast of an hour is kept for what is worse than failures. */
const show = (step: Step, toast: Toast, policy: Policy, now: number): Step => {
  const shownAt = step.state.shownAt.filter((at) => now - at < hourMs);
  if (isSilent(policy, now)) return { ...step, state: { ...step.state, shownAt } };
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

const within = (recent: Watched['recent'], now: number): Watched['recent'] =>
  recent.filter(({ at }) => now - at < minuteMs);

const sumOf = (recent: Watched['recent']): number => recent.reduce((sum, { added }) => sum + added, 0);

/** What was silent long enough has nothing to say to the next toast. */
const withoutOld = (watched: ToastState['watched'], now: number): Map<string, Watched> =>
  new Map(
    [...watched].filter(([, { recent, toldAt }]) => now - Math.max(toldAt, recent.at(-1)?.at ?? 0) < repeatMs.burst),
  );
