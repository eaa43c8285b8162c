import type { ClusterSnapshot } from '../../server/api/model.ts';

/** Groups of failures that nobody has seen, and alerts that nobody has acknowledged; what is muted does not count. */
export const countProblems = ({ failures, alerts }: ClusterSnapshot): number =>
  Object.values(failures).filter(({ unseen, mute }) => unseen > 0 && mute === null).length +
  Object.values(alerts).filter(
    ({ severity, acknowledgedAt, mutedUntil }) => severity !== 'info' && acknowledgedAt === null && mutedUntil === null,
  ).length;
