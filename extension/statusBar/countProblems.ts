import type { ClusterSnapshot } from '../../server/api/model.ts';

/** Groups of failures that nobody has seen; what is muted does not count. */
export const unseenFailures = ({ failures }: Pick<ClusterSnapshot, 'failures'>): number =>
  Object.values(failures).filter(({ unseen, mute }) => unseen > 0 && mute === null).length;

/** Alerts that nobody has acknowledged; what is muted does not count. */
export const openAlerts = ({ alerts }: Pick<ClusterSnapshot, 'alerts'>): number =>
  Object.values(alerts).filter(
    ({ severity, acknowledgedAt, mutedUntil }) => severity !== 'info' && acknowledgedAt === null && mutedUntil === null,
  ).length;
