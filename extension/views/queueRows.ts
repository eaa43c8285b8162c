import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { type ClusterForest, passes } from './clusterForest.ts';
import { type ClusterNode, emptyQueuesNode, firstOf, moreNode, queueNode, queuesNode } from './clusterNode.ts';

/** Beyond this many, queues in which nothing happens are folded away. */
const foldsBeyond = 50;
const queuesAtOnce = 500;

/** Those with a backlog in the order of their names; when they are many, only the fullest. */
export const queueRows = (forest: ClusterForest, snapshot: ClusterSnapshot): ClusterNode[] => {
  const { clusterId } = snapshot;
  const { id } = queuesNode(clusterId);
  const { all: queues, busy: withMessages } = sorted(forest, snapshot);
  const folds = queues.length > foldsBeyond;
  const busy = folds ? withMessages : queues;
  const shown = forest.shown.get(id) ?? queuesAtOnce;
  const rows = nodesOf(forest, clusterId, id, busy.length > shown ? fullest(busy, shown) : busy);
  if (busy.length > shown) rows.push(moreNode(clusterId, id, busy.length - shown, queuesAtOnce));
  if (busy.length < queues.length) rows.push(emptyQueuesNode(clusterId));
  return rows;
};

export const emptyQueueRows = (forest: ClusterForest, snapshot: ClusterSnapshot): ClusterNode[] => {
  const { clusterId } = snapshot;
  const { id } = emptyQueuesNode(clusterId);
  const shown = forest.shown.get(id) ?? queuesAtOnce;
  const nodes = nodesOf(forest, clusterId, id, emptyQueues(forest, snapshot));
  return firstOf(nodes, shown, { clusterId, id }, queuesAtOnce);
};

export const queuesOf = (forest: ClusterForest, snapshot: ClusterSnapshot): readonly Queue[] =>
  sorted(forest, snapshot).all;

export const emptyQueues = (forest: ClusterForest, snapshot: ClusterSnapshot): readonly Queue[] =>
  sorted(forest, snapshot).empty;

interface Sorted {
  readonly filter: string;
  readonly all: readonly Queue[];
  readonly busy: readonly Queue[];
  readonly empty: readonly Queue[];
}

/** Several rows ask for them each time, and mostly they are the same ones. */
const known = new WeakMap<ClusterSnapshot['queues'], Sorted>();

const sorted = (forest: ClusterForest, { queues }: ClusterSnapshot): Sorted => {
  const last = known.get(queues);
  if (last?.filter === forest.filter) return last;
  const all = Object.values(queues).filter(({ name }) => passes(forest, name));
  const busy = all.filter(isBusy);
  const empty = all.filter((queue) => !isBusy(queue));
  const now = { filter: forest.filter, all, busy, empty };
  known.set(queues, now);
  return now;
};

/** Whether a queue's row stands in the fold of the empty ones. */
export const isFolded = (forest: ClusterForest, snapshot: ClusterSnapshot, name: string): boolean => {
  const queue = snapshot.queues[name];
  return queue !== undefined && !isBusy(queue) && queuesOf(forest, snapshot).length > foldsBeyond;
};

const isBusy = ({ ready, unacked }: Queue): boolean => (ready ?? 0) > 0 || (unacked ?? 0) > 0;

const fullest = (queues: readonly Queue[], count: number): readonly Queue[] =>
  [...queues].sort((a, b) => (b.ready ?? 0) - (a.ready ?? 0) || (b.unacked ?? 0) - (a.unacked ?? 0)).slice(0, count);

const nodesOf = ({ order }: ClusterForest, clusterId: string, key: string, queues: readonly Queue[]): ClusterNode[] =>
  order
    .sort(
      key,
      queues.map(({ name }) => name),
    )
    .map((name) => queueNode(clusterId, name));
