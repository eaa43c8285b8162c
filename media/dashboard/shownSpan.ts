import type { Dashboard } from '../../server/api/dashboard.ts';
import type { Span } from './view.ts';

/** Lines shorter than this would look like a full view. */
const leastMs = 120_000;

/** What the charts show of the span that was read: it starts where the first figure is known, unless it was chosen. */
export const shownSpan = ({ from, to, stepSeconds, points }: ShownOf, isChosen: boolean): Span => {
  if (isChosen) return { from, to };
  const known = Object.values(points).flatMap((each) => {
    const first = each.findIndex((value) => value !== null);
    return first < 0 ? [] : [first];
  });
  if (known.length === 0) return { from, to };
  const start = from + Math.min(...known) * stepSeconds * 1_000;
  return { from: Math.max(from, Math.min(start, to - leastMs)), to };
};

type ShownOf = Pick<Dashboard, 'from' | 'to' | 'stepSeconds' | 'points'>;
