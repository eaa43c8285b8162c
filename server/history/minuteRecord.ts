import type { SeriesMetric } from '../api/tasks.ts';
import type { GroupMinute } from '../state/figures/groupMinute.ts';
import type { QueueStep } from '../state/figures/queueSeries.ts';

export const minuteMs = 60_000;

/** What one backend heard of one minute. Written again, it replaces what it said before. */
export interface MinuteRecord {
  readonly at: number;
  /** Tells the backends apart that keep one history, and the lives of each. */
  readonly writer: number;
  /** It listened from then to then. */
  readonly heardFrom: number;
  readonly heardTo: number;
  readonly metrics: Readonly<Partial<Record<SeriesMetric, number | null>>>;
  readonly groups: readonly GroupMinute[];
  /** How full the queues were. */
  readonly queues: readonly QueueStep[];
}

interface Account {
  readonly heardFrom: number;
  readonly heardTo: number;
  /** How much it tells, to choose between two that heard the same. */
  readonly weight: number;
}

/**
 * Of several backends' accounts of one minute, those to be added up. Two windows that listened at the same time heard the
 * same events, so the fuller account stands for both; one that listened after the other had ended heard others.
 */
export const accountsToAdd = <T extends Account>(accounts: readonly T[]): readonly T[] => {
  const chosen: T[] = [];
  let heardTo = Number.NEGATIVE_INFINITY;
  for (const account of [...accounts].sort((a, b) => a.heardFrom - b.heardFrom)) {
    const last = chosen.at(-1);
    if (last === undefined || account.heardFrom >= heardTo) chosen.push(account);
    else if (account.weight > last.weight) chosen[chosen.length - 1] = account;
    heardTo = Math.max(heardTo, account.heardTo);
  }
  return chosen;
};
