const firstMs = 1_000;
const longestMs = 30_000;
/** Somebody who looks at a window waits along. */
const longestWatchedMs = 10_000;

/**
 * How long to wait before attempt number `attempt` (1 = the first retry): doubling up to half a minute, or up to ten seconds
 * while somebody looks, and a fifth of it by chance, so that many windows do not knock on a returning broker at the same
 * moment.
 */
export const backoffMs = (attempt: number, random: number, isWatched = false): number => {
  const share = 0.9 + 0.2 * random;
  const base = Math.min(firstMs * 2 ** (attempt - 1), isWatched ? longestWatchedMs / 1.1 : longestMs);
  return Math.round(base * share);
};

/** Whether somebody who begins to look would wait too long for the next attempt. */
export const isTooLong = (waitMs: number): boolean => waitMs > longestWatchedMs;
