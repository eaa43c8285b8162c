import type { FailureGroup, FailureOccurrence } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

/** A place in the Failures view. It only names its subject, so that it stays the same while the figures change. */
export type FailureNode =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly clusterId: string;
      readonly failureId: string;
      readonly taskName: string | null;
    }
  | {
      readonly kind: 'occurrence';
      readonly id: string;
      readonly clusterId: string;
      readonly failureId: string;
      readonly taskId: string;
      readonly taskName: string | null;
      readonly at: number;
    }
  | { readonly kind: 'moreOccurrences'; readonly id: string; readonly clusterId: string; readonly failureId: string }
  | { readonly kind: 'trouble'; readonly id: string; readonly clusterId: string; readonly failureId: string }
  | { readonly kind: 'moreGroups'; readonly id: string };

type Snapshots = ReadonlyMap<string, ClusterSnapshot>;

export interface GroupOfCluster {
  readonly cluster: ClusterSnapshot;
  readonly group: FailureGroup;
}

/** How many rows come with each "Show 50 more…". */
export const pageRows = 50;

export const isMuted = ({ mute }: FailureGroup, now: number): boolean =>
  mute !== null && (mute.kind !== 'until' || mute.at > now);

/** The groups of all connections, what failed last first. */
export const groupsOf = (snapshots: Snapshots, now: number, which: 'open' | 'muted' | 'all'): GroupOfCluster[] =>
  [...snapshots.values()]
    .flatMap((cluster) => Object.values(cluster.failures).map((group) => ({ cluster, group })))
    .filter(({ group }) => which === 'all' || isMuted(group, now) === (which === 'muted'))
    .sort((a, b) => b.group.lastSeenAt - a.group.lastSeenAt || (a.group.id < b.group.id ? -1 : 1));

export const groupNode = (clusterId: string, group: FailureGroup): FailureNode => ({
  kind: 'group',
  id: `failure:${clusterId}:${group.id}`,
  clusterId,
  failureId: group.id,
  taskName: group.taskName,
});

export const groupNodes = (groups: readonly GroupOfCluster[], limit: number): FailureNode[] => {
  const shown = groups.slice(0, limit).map(({ cluster: { clusterId }, group }) => groupNode(clusterId, group));
  return groups.length > limit ? [...shown, { kind: 'moreGroups', id: 'moreGroups' }] : shown;
};

/** A task that is tried again fails several times under one id; the moment tells its failures apart. */
export const occurrenceNodes = (
  { clusterId, failureId }: { readonly clusterId: string; readonly failureId: string },
  occurrences: readonly FailureOccurrence[],
  isCut: boolean,
): FailureNode[] => {
  const nodes = occurrences.map(
    ({ taskId, name, at }): FailureNode => ({
      kind: 'occurrence',
      id: `occurrence:${clusterId}:${failureId}:${taskId}:${at}`,
      clusterId,
      failureId,
      taskId,
      taskName: name,
      at,
    }),
  );
  const more = { kind: 'moreOccurrences', id: `more:${clusterId}:${failureId}`, clusterId, failureId } as const;
  return isCut ? [...nodes, more] : nodes;
};

/** What the badge counts: groups with failures that nobody has seen. */
export const unseenGroups = (snapshots: Snapshots, now: number): number =>
  groupsOf(snapshots, now, 'open').filter(({ group }) => group.unseen > 0).length;
