import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Worker } from '../../server/api/model.ts';
import { rights } from '../rows/rowLook.ts';
import { count, joined } from '../rows/wording.ts';
import type { ClusterForest } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode } from './clusterNode.ts';
import { firstOf } from './more.ts';
import { staleness } from './staleness.ts';
import { countWorkers } from './totals.ts';
import { statusLook } from './worker.ts';
import { groupedWorkers, standsAlone } from './workerGroups.ts';

const workersAtOnce = 200;

export const workers = clusterKind<'workers'>({
  key: ({ clusterId }) => `workers:${clusterId}`,
  look(_node, { snapshot }, now) {
    const { alive, lost, offline } = countWorkers(snapshot);
    const words = [
      t('{0} online', count(alive)),
      lost ? t('{0} lost', count(lost)) : '',
      offline ? t('{0} offline', count(offline)) : '',
    ]
      .filter(Boolean)
      .join(', ');
    const none = alive + lost + offline === 0;
    return {
      label: t('Workers'),
      description: none ? noneWords(snapshot) : joined(staleness(snapshot, now), words),
      icon: 'server-process',
      contextValue: `workers;${rights(snapshot)}`,
      expandable: 'open',
      tooltip: () => [
        none
          ? t('No worker has sent an event yet. Start one with "celery worker -E", or enable events on those that run.')
          : t('Workers: {0}', words),
      ],
    };
  },
  children({ clusterId }, { snapshot, forest }, key) {
    const { all, groups } = groupedWorkers(forest, snapshot);
    if (groups === null) return inOrder(forest, clusterId, key, all);
    return [...groups].map(([group, members]) => {
      const [only] = members;
      if (only && standsAlone(members)) return { kind: 'worker', clusterId, hostname: only.hostname };
      return { kind: 'workerGroup', clusterId, group };
    });
  },
  parent: ({ clusterId }) => ({ kind: 'connection', clusterId }),
});

const noneWords = (snapshot: ClusterSnapshot): string =>
  snapshot.link.kind === 'live' ? t('none heard of yet') : t('unknown until the broker is reached');

/** Workers that stand together because they are many. */
export const workerGroup = clusterKind<'workerGroup'>({
  key: ({ clusterId, group }) => `workerGroup:${clusterId}:${group}`,
  look({ group }, { snapshot, forest }) {
    const members = membersOf(forest, snapshot, group);
    const status = members[0]?.status ?? 'online';
    const active = members.reduce((sum, worker) => sum + (worker.active ?? 0), 0);
    const label = groupLabels[group]?.() ?? group;
    const words = joined(count(members.length), status === 'online' && t('{0} active', count(active)));
    return {
      label,
      description: words,
      ...statusLook(status),
      contextValue: 'workerGroup',
      expandable: 'closed',
      tooltip: () => [`${label}: ${words}`],
    };
  },
  children({ clusterId, group }, { snapshot, forest }, parentId) {
    const nodes = inOrder(forest, clusterId, parentId, membersOf(forest, snapshot, group));
    return firstOf(forest, nodes, { clusterId, parentId, step: workersAtOnce });
  },
  parent: ({ clusterId }) => ({ kind: 'workers', clusterId }),
});

const groupLabels: Readonly<Record<string, () => string>> = {
  lost: () => t('Lost'),
  late: () => t('Late'),
  offline: () => t('Offline'),
  online: () => t('Online'),
};

const membersOf = (forest: ClusterForest, snapshot: ClusterSnapshot, group: string): readonly Worker[] =>
  groupedWorkers(forest, snapshot).groups?.get(group) ?? [];

const inOrder = (
  { order }: ClusterForest,
  clusterId: string,
  key: string,
  members: readonly Worker[],
): readonly ClusterNode[] =>
  order
    .sort(
      key,
      members.map(({ hostname }) => hostname),
    )
    .map((hostname) => ({ kind: 'worker', clusterId, hostname }));
