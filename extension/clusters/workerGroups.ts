import type { ClusterSnapshot, Worker } from '../../server/api/model.ts';
import { type ClusterForest, passes } from './clusterForest.ts';

/** Beyond this many, workers stand in groups: first those that are missing, then by the beginning of their names. */
const groupsBeyond = 200;
/** With more families than this, names tell nothing about what belongs together. */
const familyLimit = 100;

const troubled = ['lost', 'late', 'offline'] as const;

/** The group in which a worker's row stands; null: it stands right below Workers. */
export const groupOfWorker = (forest: ClusterForest, snapshot: ClusterSnapshot, hostname: string): string | null => {
  for (const [group, members] of groupedWorkers(forest, snapshot).groups ?? [])
    if (members.some((worker) => worker.hostname === hostname)) return standsAlone(members) ? null : group;
  return null;
};

/** A family of one needs no group; those that are missing have one even so, to stand at its place. */
export const standsAlone = (members: readonly Worker[]): boolean =>
  members.length === 1 && members[0]?.status === 'online';

interface GroupedWorkers {
  readonly filter: string;
  readonly all: readonly Worker[];
  /** Null while they are few enough to stand on their own. */
  readonly groups: ReadonlyMap<string, readonly Worker[]> | null;
}

/** Every row of a group asks for it, and the workers are the same ones each time. */
const known = new WeakMap<ClusterSnapshot['workers'], GroupedWorkers>();

export const groupedWorkers = (forest: ClusterForest, { workers }: ClusterSnapshot): GroupedWorkers => {
  const last = known.get(workers);
  if (last?.filter === forest.filter) return last;
  const all = Object.values(workers).filter(({ hostname }) => passes(forest, hostname));
  const now = { filter: forest.filter, all, groups: all.length > groupsBeyond ? grouped(all) : null };
  known.set(workers, now);
  return now;
};

const grouped = (workers: readonly Worker[]): ReadonlyMap<string, readonly Worker[]> => {
  const groups = new Map<string, Worker[]>();
  for (const status of troubled) {
    const members = workers.filter((worker) => worker.status === status);
    if (members.length > 0) groups.set(status, members);
  }
  const online = workers.filter(({ status }) => status === 'online');
  const families = new Map<string, Worker[]>();
  for (const worker of online) {
    const family = familyOf(worker.hostname);
    const members = families.get(family);
    if (members) members.push(worker);
    else families.set(family, [worker]);
  }
  if (families.size > familyLimit) groups.set('online', online);
  else
    for (const [family, members] of [...families].sort(([a], [b]) => a.localeCompare(b))) groups.set(family, members);
  return groups;
};

/**
 * What workers of one deployment have in common: `celery@api-17` and `celery@api-18`, or the pods `api-7f9c8d6b5-x2k9p`
 * and `api-7f9c8d6b5-q8zzw`, are `celery@api-*`.
 */
const familyOf = (hostname: string): string =>
  hostname.slice(0, -longestEnding) +
  hostname.slice(-longestEnding).replace(/((?<=-)[a-z0-9]{8,10}-[a-z0-9]{5}|(?<=-)[0-9a-f]{6,}|\d+)$/, '*');

const longestEnding = 64;
