import { figure } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import type { CommandContext } from '../context.ts';

interface Portions {
  /** "Revoked", for the line that shows how far it is. */
  readonly done: string;
  /** At once, where no rate limits them. */
  readonly most: number;
}

/**
 * Does something with all of them, a portion at a time, at the rate that was asked for. Ctrl-C stops between two portions.
 * Resolves with how many were done.
 */
export const inPortions = async <T>(
  { terminal, interruption, options }: CommandContext,
  items: readonly T[],
  { done, most }: Portions,
  work: (portion: readonly T[]) => Promise<void>,
): Promise<number> => {
  const perSecond = options.rate ?? Number.POSITIVE_INFINITY;
  const size = Math.max(1, Math.min(most, Math.floor(perSecond)));
  const startedAt = performance.now();
  let count = 0;
  while (count < items.length && !interruption.aborted) {
    const portion = items.slice(count, count + size);
    await work(portion);
    count += portion.length;
    terminal.sayForNow(`${done} ${figure(count)} of ${figure(items.length)}; press Ctrl-C to stop.`);
    const dueMs = (count / perSecond) * 1_000 - (performance.now() - startedAt);
    if (count < items.length && dueMs > 0) await pause(dueMs, interruption);
  }
  terminal.endTalkLine();
  return count;
};
