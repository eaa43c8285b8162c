import type { FailureGroup } from '../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Redactor } from '../../server/api/redactor.ts';
import type { Occurrences } from './occurrences.ts';

interface Place {
  readonly clusterId: string;
  readonly failureId: string;
}

/** A row of the Failures view. A task that is tried again fails several times under one id; `at` tells its failures apart. */
export type FailureNode<K extends string = string> = Extract<AnyNode, { readonly kind: K }>;

type AnyNode =
  | ({ readonly kind: 'group'; readonly taskName: string | null } & Place)
  | ({
      readonly kind: 'occurrence';
      readonly taskId: string;
      readonly taskName: string | null;
      readonly at: number;
    } & Place)
  | ({ readonly kind: 'moreOccurrences' } & Place)
  | ({ readonly kind: 'trouble' } & Place)
  | { readonly kind: 'moreGroups' };

/** What the Failures view is made from, as it is now. */
export interface FailureSource {
  readonly snapshots: ReadonlyMap<string, ClusterSnapshot>;
  readonly occurrences: Pick<Occurrences, 'keptOf' | 'find'>;
  redactor: Redactor;
  showsMuted: boolean;
  /** How many groups are shown. */
  limit: number;
}

type Snapshots = ReadonlyMap<string, ClusterSnapshot>;

export interface GroupOfCluster {
  readonly cluster: ClusterSnapshot;
  readonly group: FailureGroup;
}

export const isMuted = ({ mute }: FailureGroup, now: number): boolean =>
  mute !== null && (mute.kind !== 'until' || mute.at > now);

/** The groups of all connections, what failed last first. */
export const groupsOf = (snapshots: Snapshots, now: number, which: 'open' | 'muted' | 'all'): GroupOfCluster[] =>
  [...snapshots.values()]
    .flatMap((cluster) => Object.values(cluster.failures).map((group) => ({ cluster, group })))
    .filter(({ group }) => which === 'all' || isMuted(group, now) === (which === 'muted'))
    .sort((a, b) => b.group.lastSeenAt - a.group.lastSeenAt || (a.group.id < b.group.id ? -1 : 1));

/** What the badge counts: groups with failures that nobody has seen. */
export const unseenGroups = (snapshots: Snapshots, now: number): number =>
  groupsOf(snapshots, now, 'open').filter(({ group }) => group.unseen > 0).length;

/** The groups that the view shows, or would show with a higher limit. */
export const listedGroups = ({ snapshots, showsMuted }: FailureSource, now: number): GroupOfCluster[] =>
  groupsOf(snapshots, now, showsMuted ? 'all' : 'open');

/** Undefined: the group is forgotten. */
export const groupNode = (
  { clusterId, failureId }: { readonly clusterId: string; readonly failureId: string },
  { snapshots }: Pick<FailureSource, 'snapshots'>,
): FailureNode | undefined => {
  const group = snapshots.get(clusterId)?.failures[failureId];
  return group && { kind: 'group', clusterId, failureId, taskName: group.taskName };
};
