import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Holding, WorkerDetail } from '../../server/api/workerDetail.ts';
import type { ClusterForest } from './clusterForest.ts';
import {
  type ClusterNode,
  consumedNode,
  type HoldingKind,
  heldTaskNode,
  holdingKinds,
  holdingNode,
  moreNode,
  noteNode,
  processNode,
  workerNode,
} from './clusterNode.ts';

export const detailOf = (forest: ClusterForest, clusterId: string, hostname: string): WorkerDetail | null =>
  forest.details.get(workerNode(clusterId, hostname).id) ?? null;

/** Below a worker: why it does not answer, when it does not, and what it holds. */
export const workerChildren = (
  forest: ClusterForest,
  { clusterId }: ClusterSnapshot,
  hostname: string,
): ClusterNode[] => {
  const detail = detailOf(forest, clusterId, hostname);
  const lists = holdingKinds
    .filter((list) => list !== 'processes' || detail === null || detail.processes.rows !== null)
    .map((list) => holdingNode(clusterId, hostname, list));
  return silenceOf(detail) === null ? lists : [noteNode(clusterId, hostname, null), ...lists];
};

/** What a worker says to none of the questions need not stand below each of them. */
export const silenceOf = (detail: WorkerDetail | null): string | null => {
  if (detail === null) return null;
  const sentences = new Set(holdingKinds.map((list) => detail[list].problem));
  const [sentence = null] = sentences;
  return sentences.size === 1 ? sentence : null;
};

export const holdingChildren = (
  forest: ClusterForest,
  { clusterId }: ClusterSnapshot,
  hostname: string,
  list: HoldingKind,
): ClusterNode[] => {
  const detail = detailOf(forest, clusterId, hostname);
  if (detail === null) return [noteNode(clusterId, hostname, list)];
  const rows = rowsOf(detail, clusterId, list);
  const holding: Holding<unknown> = detail[list];
  const note = needsNote(detail, list) ? [noteNode(clusterId, hostname, list)] : [];
  const hidden = (holding.total ?? 0) - rows.length;
  return [
    ...note,
    ...rows,
    ...(hidden > 0 ? [moreNode(clusterId, holdingNode(clusterId, hostname, list).id, hidden, 0)] : []),
  ];
};

/** Said in a row of its own: that there is nothing, or why nothing is known. */
const needsNote = (detail: WorkerDetail, list: HoldingKind): boolean =>
  !detail[list].rows?.length || (detail[list].problem !== null && silenceOf(detail) === null);

const rowsOf = (detail: WorkerDetail, clusterId: string, list: HoldingKind): ClusterNode[] => {
  const { hostname } = detail;
  if (list === 'queues') return (detail.queues.rows ?? []).map((name) => consumedNode(clusterId, hostname, name));
  if (list === 'processes')
    return (detail.processes.rows ?? []).map(({ pid }) => processNode(clusterId, hostname, pid));
  return (detail[list].rows ?? []).map((task) => heldTaskNode(clusterId, hostname, list, task));
};
