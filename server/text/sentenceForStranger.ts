import { didYouMean } from './nearest.ts';
import { printable } from './wording.ts';

const shownAtMost = 5;

/** That there is no such worker, and who there is. */
export const sentenceForStranger = (name: string, known: readonly string[]): string => {
  const hint = didYouMean(name, known) || (known.length > 0 ? ` Known workers: ${some(known)}.` : '');
  return `Unknown worker ${printable(name)}.${hint}`;
};

const some = (names: readonly string[]): string => {
  const shown = names.slice(0, shownAtMost).join(', ');
  return names.length > shownAtMost ? `${shown} and ${names.length - shownAtMost} more` : shown;
};
