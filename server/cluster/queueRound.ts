import type { Queue } from '../api/model.ts';

/** So many queues are looked at in one round; up to so many there are, each is looked at in every round. */
const queuesPerRound = 2_000;

/**
 * The queues to look at next, of more than can be looked at each time: those of which nothing is known yet, then those
 * in which something waits and those in which nothing does, half and half, whichever was looked at longest ago first.
 */
export const queueRound = (
  names: readonly string[],
  known: ReadonlyMap<string, Pick<Queue, 'ready' | 'updatedAt'>>,
  limit = queuesPerRound,
): readonly string[] => {
  if (names.length <= limit) return names;
  const fresh: string[] = [];
  const full: string[] = [];
  const empty: string[] = [];
  for (const name of names) {
    const queue = known.get(name);
    if (!queue) fresh.push(name);
    else if (queue.ready === 0) empty.push(name);
    else full.push(name);
  }
  const asked = fresh.slice(0, limit);
  const room = limit - asked.length;
  const byAge = (a: string, b: string): number => (known.get(a)?.updatedAt ?? 0) - (known.get(b)?.updatedAt ?? 0);
  const share = Math.max(Math.ceil(room / 2), room - empty.length);
  const some = full.sort(byAge).slice(0, share);
  return [...asked, ...some, ...empty.sort(byAge).slice(0, room - some.length)];
};
