import { type DashboardFilter, type FilterKind, filterKinds } from '../../api/dashboard.ts';
import { namePatterns } from '../../api/namePatterns.ts';
import type { Group } from '../../state/figures/group.ts';
import type { TaskChoice } from '../../state/queries/countedTasks.ts';
import type { Cluster } from '../cluster.ts';

/** The one kind that is filtered by, whose figures are kept; null: several, which have to be counted. */
export const onlyKind = (filter: DashboardFilter): { kind: FilterKind; names: readonly string[] } | null => {
  const [first, ...others] = filterKinds.flatMap((kind) => (filter[kind] ? [{ kind, names: filter[kind] }] : []));
  return first && others.length === 0 ? first : null;
};

/** Null where nothing is asked for: a kind without names is no filter. */
export const asked = (filter: DashboardFilter | null): DashboardFilter | null => {
  const kinds = filterKinds.flatMap((kind) => {
    const names = filter?.[kind] ?? [];
    return names.length > 0 ? [[kind, names] as const] : [];
  });
  return kinds.length === 0 ? null : Object.fromEntries(kinds);
};

/** Whether a name is shown; everything is where nothing of its kind is asked for. */
export const fitsOf = (filter: DashboardFilter | null, kind: FilterKind): ((name: string) => boolean) => {
  const names = filter?.[kind];
  return names ? namePatterns(names) : () => true;
};

export const groupsOf = ({ state }: Cluster, { kind, names }: { kind: FilterKind; names: readonly string[] }) =>
  state.groups(kind).select(namePatterns(names)) as readonly Group[];

export const choiceOf = ({ type, queue, worker }: DashboardFilter): TaskChoice => ({
  ...(type ? { names: type } : {}),
  ...(queue ? { queues: queue } : {}),
  ...(worker ? { workers: worker } : {}),
});
