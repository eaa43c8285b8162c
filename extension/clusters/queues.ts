import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { lines } from '../rows/rowLook.ts';
import { count, joined, queuesWord } from '../rows/wording.ts';
import type { ClusterForest } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode } from './clusterNode.ts';
import { firstOf } from './more.ts';
import { sortedQueues } from './sortedQueues.ts';
import { staleness } from './staleness.ts';

const queuesAtOnce = 500;

export const queues = clusterKind<'queues'>({
  key: ({ clusterId }) => `queues:${clusterId}`,
  look(_node, { snapshot, forest }, now) {
    const { all } = sortedQueues(forest, snapshot);
    const ready = all.reduce((sum, queue) => sum + (queue.ready ?? 0), 0);
    const known = all.some((queue) => queue.ready !== null);
    const words = all.length === 0 ? t('none yet') : known ? t('{0} ready', count(ready)) : queuesWord(all.length);
    return {
      label: t('Queues'),
      description: joined(staleness(snapshot, now), words),
      icon: 'inbox',
      contextValue: 'queues',
      expandable: all.length > 30 ? 'closed' : 'open',
      tooltip: () =>
        all.length === 0
          ? [t('No worker has reported its queues yet.')]
          : lines(`${queuesWord(all.length)}, ${words}`, managementLine(snapshot, all)),
    };
  },
  /** Those with a backlog in the order of their names; when they are many, only the fullest. */
  children({ clusterId }, { snapshot, forest }, parentId) {
    const { all, busy, empty, folds } = sortedQueues(forest, snapshot);
    const listed = folds ? busy : all;
    const shown = forest.shown.get(parentId) ?? queuesAtOnce;
    const hidden = listed.length - shown;
    const rows = inOrder(forest, clusterId, parentId, hidden > 0 ? fullest(listed, shown) : listed);
    const more: ClusterNode = { kind: 'more', clusterId, parentId, hidden, step: queuesAtOnce };
    const fold: ClusterNode = { kind: 'emptyQueues', clusterId };
    return [...rows, ...(hidden > 0 ? [more] : []), ...(folds && empty.length > 0 ? [fold] : [])];
  },
  parent: ({ clusterId }) => ({ kind: 'connection', clusterId }),
});

/** Without its management API RabbitMQ reports depths, but no rates, no memory and only queues that are asked for by name. */
const managementLine = ({ brokerKind }: ClusterSnapshot, queues: readonly Queue[]): string =>
  brokerKind === 'amqp' && queues.every((queue) => !queue.management)
    ? t(
        'The management API of RabbitMQ is not reachable: unacknowledged messages, rates and queues without a consumer are unknown.',
      )
    : '';

const fullest = (queues: readonly Queue[], count: number): readonly Queue[] =>
  [...queues].sort((a, b) => (b.ready ?? 0) - (a.ready ?? 0) || (b.unacked ?? 0) - (a.unacked ?? 0)).slice(0, count);

export const emptyQueues = clusterKind<'emptyQueues'>({
  key: ({ clusterId }) => `emptyQueues:${clusterId}`,
  look(_node, { snapshot, forest }) {
    const { length } = sortedQueues(forest, snapshot).empty;
    return {
      label: t('Empty queues'),
      description: count(length),
      icon: 'archive',
      contextValue: 'emptyQueues',
      expandable: 'closed',
      tooltip: () => [t('{0} without messages', queuesWord(length))],
    };
  },
  children({ clusterId }, { snapshot, forest }, parentId) {
    const nodes = inOrder(forest, clusterId, parentId, sortedQueues(forest, snapshot).empty);
    return firstOf(forest, nodes, { clusterId, parentId, step: queuesAtOnce });
  },
  parent: ({ clusterId }) => ({ kind: 'queues', clusterId }),
});

const inOrder = (
  { order }: ClusterForest,
  clusterId: string,
  key: string,
  listed: readonly Queue[],
): readonly ClusterNode[] =>
  order
    .sort(
      key,
      listed.map(({ name }) => name),
    )
    .map((queueName) => ({ kind: 'queue', clusterId, queueName }));
