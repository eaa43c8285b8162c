import type { FailureGroup } from '../../server/api/failures.ts';
import { namePatterns } from '../../server/api/namePatterns.ts';

/** When a toast may appear, as the settings say. */
export interface Policy {
  readonly isEnabled: boolean;
  /** `all`; `bursts`: not for a single new failure; `critical`: only for lost workers and a broker that takes nothing. */
  readonly level: 'all' | 'bursts' | 'critical';
  readonly maxPerHour: number;
  /** Minutes of the day; null: there are none. */
  readonly quietHours: { readonly from: number; readonly to: number } | null;
  /** Names or patterns with `*`; empty: all. */
  readonly onlyTasks: readonly string[];
  readonly ignoredExceptions: readonly string[];
  /** Muted by hand until then. */
  readonly mutedUntil: number;
  /** Single connections, muted by hand until then. */
  readonly mutedConnections: Readonly<Record<string, number>>;
}

export const defaultPolicy: Policy = {
  isEnabled: true,
  level: 'all',
  maxPerHour: 6,
  quietHours: null,
  onlyTasks: [],
  ignoredExceptions: [],
  mutedUntil: 0,
  mutedConnections: {},
};

/** `22:00-07:00`; null: it is no such span. */
export const readQuietHours = (text: string): Policy['quietHours'] => {
  const found = /^\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*$/.exec(text);
  if (!found) return null;
  const [from = 0, to = 0] = [minutes(found[1], found[2]), minutes(found[3], found[4])];
  return from === to || from >= 1440 || to >= 1440 ? null : { from, to };
};

const minutes = (hours: string | undefined, rest: string | undefined): number => Number(hours) * 60 + Number(rest);

/** `at`: by the clock on the user's wall. A span may go over midnight. */
export const isSilent = ({ isEnabled, quietHours, mutedUntil }: Policy, at: number): boolean => {
  if (!isEnabled || at < mutedUntil) return true;
  if (quietHours === null) return false;
  const date = new Date(at);
  const now = date.getHours() * 60 + date.getMinutes();
  const { from, to } = quietHours;
  return from < to ? from <= now && now < to : now >= from || now < to;
};

/** Whether nothing is to be heard of this connection. */
export const isMutedConnection = ({ mutedConnections }: Policy, clusterId: string, at: number): boolean =>
  at < (mutedConnections[clusterId] ?? 0);

/** Whether a failure of this kind is one to speak of. */
export const isWanted = (policy: Policy, { taskName, exceptionType }: FailureGroup): boolean => {
  if (policy.level === 'critical') return false;
  if (!isWantedTask(policy, taskName)) return false;
  const shortType = exceptionType.split('.').at(-1) ?? exceptionType;
  const isIgnored = namePatterns(policy.ignoredExceptions);
  return !isIgnored(exceptionType) && !isIgnored(shortType);
};

/** With a list of tasks, others are not spoken of, nor one whose name nobody knows. */
export const isWantedTask = ({ onlyTasks }: Policy, taskName: string | null): boolean =>
  onlyTasks.length === 0 || namePatterns(onlyTasks)(taskName ?? '');
