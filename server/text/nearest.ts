/** The candidate that `word` was most likely meant to be, or null when none is close. */
export const nearest = (word: string, candidates: Iterable<string>): string | null => {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const found = candidate.toLowerCase();
    const isBeginning = wanted.length >= 3 && found.startsWith(wanted);
    const distance = isBeginning ? 0.5 : editDistance(wanted, found);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, found.length) * closeEnough));
    if (distance <= limit && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

/** Up to three names that were probably meant, the nearest first: ` Did you mean "a", "b" or "c"?`, or nothing. */
export const nearestNames = (word: string, candidates: Iterable<string>): string => {
  const left = new Set(candidates);
  const found: string[] = [];
  for (let next = nearest(word, left); next !== null && found.length < 3; next = nearest(word, left)) {
    found.push(`"${next}"`);
    left.delete(next);
  }
  if (found.length === 0) return '';
  return ` Did you mean ${[found.slice(0, -1).join(', '), found.at(-1)].filter((part) => part !== '').join(' or ')}?`;
};

/** ` Did you mean …?` to end a sentence with, or nothing. */
export const didYouMean = (word: string, candidates: Iterable<string>): string => {
  const match = nearest(word, candidates);
  return match === null ? '' : ` Did you mean "${match}"?`;
};

/** The share of a word that may be wrong: FAILED is still FAILURE, but no other word is. */
const closeEnough = 0.45;

/** How many letters must be put in, left out, replaced or swapped with their neighbour. */
export const editDistance = (from: string, to: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (isSwap) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, to.length);
};

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
