import { type Rows, rowsOf } from '../rows/rows.ts';
import { beat } from './beat.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';
import { connection } from './connection.ts';
import { heldTask } from './heldTask.ts';
import { holding } from './holding.ts';
import { more } from './more.ts';
import { note } from './note.ts';
import { poolProcess } from './poolProcess.ts';
import { consumed, queue } from './queue.ts';
import { emptyQueues, queues } from './queues.ts';
import { taskType, taskTypes } from './taskTypes.ts';
import { trouble } from './trouble.ts';
import { unusable } from './unusable.ts';
import { worker } from './worker.ts';
import { workerGroup, workers } from './workers.ts';

const kinds = {
  connection,
  unusable,
  trouble,
  workers,
  workerGroup,
  worker,
  beat,
  holding,
  note,
  task: heldTask,
  process: poolProcess,
  consumed,
  queues,
  emptyQueues,
  queue,
  taskTypes,
  taskType,
  more,
};

/** The Clusters view: connections, below each its workers, queues and task types. */
export const clusterRows = (forest: ClusterForest): Rows<ClusterNode> =>
  rowsOf<ClusterNode, ClusterForest>(kinds, forest, ({ snapshots, unusable: closed }) => [
    ...[...snapshots.keys()].map((clusterId) => ({ kind: 'connection' as const, clusterId })),
    ...[...closed.keys()].map((clusterId) => ({ kind: 'unusable' as const, clusterId })),
  ]);
