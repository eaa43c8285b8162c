import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { type ClusterForest, passes } from './clusterForest.ts';

/** Beyond this many, queues in which nothing happens are folded away. */
const foldsBeyond = 50;

interface SortedQueues {
  readonly filter: string;
  readonly all: readonly Queue[];
  readonly busy: readonly Queue[];
  readonly empty: readonly Queue[];
  /** The empty ones stand in a row of their own. */
  readonly folds: boolean;
}

/** Several rows ask for them each time, and mostly they are the same ones. */
const known = new WeakMap<ClusterSnapshot['queues'], SortedQueues>();

export const sortedQueues = (forest: ClusterForest, { queues }: ClusterSnapshot): SortedQueues => {
  const last = known.get(queues);
  if (last?.filter === forest.filter) return last;
  const all = Object.values(queues).filter(({ name }) => passes(forest, name));
  const busy = all.filter(isBusy);
  const empty = all.filter((queue) => !isBusy(queue));
  const now = { filter: forest.filter, all, busy, empty, folds: all.length > foldsBeyond };
  known.set(queues, now);
  return now;
};

/** Whether a queue's row stands in the fold of the empty ones. */
export const isFolded = (forest: ClusterForest, snapshot: ClusterSnapshot, name: string): boolean => {
  const queue = snapshot.queues[name];
  return queue !== undefined && !isBusy(queue) && sortedQueues(forest, snapshot).folds;
};

const isBusy = ({ ready, unacked }: Queue): boolean => (ready ?? 0) > 0 || (unacked ?? 0) > 0;
