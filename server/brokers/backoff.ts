const firstMs = 1_000;
const longestMs = 30_000;

/**
 * How long to wait before attempt number `attempt` (1 = the first retry): doubling up to half a minute, and a fifth of
 * it by chance, so that many windows do not knock on a returning broker at the same moment.
 */
export const backoffMs = (attempt: number, random: number): number => {
  const base = Math.min(firstMs * 2 ** (attempt - 1), longestMs);
  return Math.round(base * (0.9 + 0.2 * random));
};
