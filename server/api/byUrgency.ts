import type { Alert, Severity } from './health.ts';

const ranks: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/**
 * The order of alerts on every surface: what is about to end comes last, then by severity, what concerns the whole cluster
 * before its parts, then by how far and how long it is over the threshold.
 */
export const byUrgency = (a: Alert, b: Alert): number =>
  Number(a.recovering) - Number(b.recovering) ||
  ranks[a.severity] - ranks[b.severity] ||
  Number(isPartial(a)) - Number(isPartial(b)) ||
  excessOf(b) - excessOf(a) ||
  a.since - b.since ||
  (a.id < b.id ? -1 : 1);

const isPartial = ({ subject: { kind } }: Alert): boolean => kind !== 'cluster' && kind !== 'broker';

/** How many times the threshold; where one is already too many, how many there are. */
const excessOf = ({ figure, threshold }: Alert): number =>
  figure === null ? 1 : threshold ? figure / threshold : 1 + figure;
