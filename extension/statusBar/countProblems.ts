import type { ClusterSnapshot } from '../../server/api/model.ts';

/** Groups of failures that nobody has seen, and alerts that nobody has acknowledged; what is muted does not count. */
export const countProblems = (cluster: ClusterSnapshot): number => unseenFailures(cluster) + openAlerts(cluster);

export const unseenFailures = ({ failures }: ClusterSnapshot): number =>
  Object.values(failures).filter(({ unseen, mute }) => unseen > 0 && mute === null).length;

export const openAlerts = ({ alerts }: ClusterSnapshot): number =>
  Object.values(alerts).filter(
    ({ severity, acknowledgedAt, mutedUntil }) => severity !== 'info' && acknowledgedAt === null && mutedUntil === null,
  ).length;
