import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { ClusterForest } from './clusterForest.ts';
import type { ClusterNode } from './clusterNode.ts';
import { connectionView } from './connectionView.ts';
import { detailOf } from './holdingRows.ts';
import { heldTaskView, holdingView, noteView, processView } from './holdingView.ts';
import { moreView, unusableView } from './moreView.ts';
import { emptyQueues, queuesOf } from './queueRows.ts';
import { emptyQueuesView, queuesView, queueView } from './queueView.ts';
import type { RowView } from './rowView.ts';
import { taskTypesView, taskTypeView } from './taskTypeView.ts';
import { troubleView } from './troubles.ts';
import { workersOfGroup } from './workerRows.ts';
import { workerGroupView, workersView, workerView } from './workerView.ts';

/** How a row looks now. */
export const viewOf = (forest: ClusterForest, node: ClusterNode, now: number): RowView => {
  if (node.kind === 'unusable') return unusableView(node.name, forest.unusable.get(node.name) ?? '');
  const snapshot = forest.snapshots.get(node.clusterId);
  if (!snapshot) return unusableView(node.clusterId, t('It was closed.'));
  switch (node.kind) {
    case 'connection':
      return connectionView(snapshot, now, forest.sources.get(node.clusterId));
    case 'trouble':
      return troubleView(forest, snapshot, node.trouble);
    case 'workers':
      return workersView(snapshot, now);
    case 'workerGroup':
      return workerGroupView(node.group, workersOfGroup(forest, snapshot, node.group));
    case 'queues':
      return queuesView(snapshot, queuesOf(forest, snapshot), now);
    case 'emptyQueues':
      return emptyQueuesView(emptyQueues(forest, snapshot));
    case 'queue':
    case 'consumed':
      return queueRowView(node.queueName, snapshot, now);
    case 'taskTypes':
      return taskTypesView(forest.taskTypes.get(node.clusterId));
    case 'taskType': {
      const types = forest.taskTypes.get(node.clusterId) ?? [];
      return taskTypeView(
        types.find(({ name }) => name === node.taskName),
        node.taskName,
        snapshot,
      );
    }
    case 'more':
      return moreView(node.hidden, node.step);
    case 'worker':
    case 'holding':
    case 'note':
    case 'task':
    case 'process':
      return workerRowView(forest, snapshot, node, now);
    default:
      return node satisfies never;
  }
};

type WorkerRow = Extract<
  ClusterNode,
  { readonly hostname: string; readonly kind: Exclude<ClusterNode['kind'], 'consumed'> }
>;

const workerRowView = (forest: ClusterForest, snapshot: ClusterSnapshot, node: WorkerRow, now: number): RowView => {
  const detail = detailOf(forest, node.clusterId, node.hostname);
  switch (node.kind) {
    case 'worker': {
      const worker = snapshot.workers[node.hostname];
      return worker ? workerView(worker, detail, snapshot, now) : unusableView(node.hostname, t('It is gone.'));
    }
    case 'holding':
      return holdingView(detail, node.list);
    case 'note':
      return noteView(detail, node.list, snapshot.link.kind === 'live');
    case 'task': {
      const tasks = node.list === 'queues' || node.list === 'processes' ? [] : (detail?.[node.list].rows ?? []);
      return heldTaskView(
        tasks.find(({ id }) => id === node.taskId),
        node.list,
        node,
        snapshot,
        now,
        forest.standing.has(node.taskId),
      );
    }
    case 'process': {
      const process = detail?.processes.rows?.find(({ pid }) => pid === node.pid);
      return processView(process, node.pid, snapshot);
    }
    default:
      return node satisfies never;
  }
};

const queueRowView = (name: string, snapshot: ClusterSnapshot, now: number): RowView => {
  const queue = snapshot.queues[name];
  return queue ? queueView(queue, snapshot, now) : unusableView(name, t('It is not known to the broker.'));
};
