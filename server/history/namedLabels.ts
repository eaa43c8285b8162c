import { namePatterns } from '../api/namePatterns.ts';
import { foldAscii } from '../state/texts/shownTexts.ts';
import type { Texts } from './readTexts.ts';

/** The numbers of the labels that match any of the patterns; null when there are no patterns, and all match. */
export const labelsLike = (labels: Texts, patterns: readonly string[] | undefined): readonly number[] | null => {
  if (patterns === undefined || patterns.length === 0) return null;
  const isLike = namePatterns(patterns);
  return [...labels.entries()].filter(([, text]) => isLike(text)).map(([id]) => id);
};

/** The numbers of the labels in which the text occurs, with ASCII capitals and small letters the same. */
export const labelsHolding = (labels: Texts, text: string): readonly number[] => {
  const wanted = foldAscii(text);
  return [...labels.entries()].filter(([, label]) => foldAscii(label).includes(wanted)).map(([id]) => id);
};

/** A condition for SQL; the numbers are our own. */
export const isAmong = (column: string, ids: readonly number[] | null): string =>
  ids === null ? '1' : `${column} IN (${ids.join(', ')})`;
