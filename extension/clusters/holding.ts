import { t } from '@vscode/l10n';
import type { Holding, WorkerDetail } from '../../server/api/workerDetail.ts';
import { lines } from '../rows/rowLook.ts';
import { count, joined } from '../rows/wording.ts';
import { detailOf } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode, HoldingKind } from './clusterNode.ts';

export const holdingKinds: readonly HoldingKind[] = ['active', 'reserved', 'scheduled', 'queues', 'processes'];

/** One of the lists below a worker, with its length. */
export const holding = clusterKind<'holding'>({
  key: ({ clusterId, hostname, list }) => `holding:${clusterId}:${hostname}:${list}`,
  look(node, { forest }) {
    const detail = detailOf(forest, node);
    const { label, icon, contextValue } = wordsOf(node.list);
    const held = detail?.[node.list] ?? null;
    const told = held?.problem != null && (held.total ?? 0) > 0;
    // That no event tells of any, proves nothing about a worker that is silent.
    const total = held?.problem != null && !told ? null : (held?.total ?? null);
    return {
      label,
      description: joined(
        total === null ? (detail === null ? '…' : t('unknown')) : count(total),
        told && t('by its events'),
      ),
      icon,
      contextValue,
      expandable: node.list === 'active' ? 'open' : 'closed',
      tooltip: () =>
        lines(
          total === null ? label : t('{0}: {1}', label, count(total)),
          told ? t('The worker did not say so itself; its events tell it. {0}', held?.problem ?? '') : '',
        ),
    };
  },
  children(node, { forest }, parentId) {
    const { clusterId, hostname, list } = node;
    const note: ClusterNode = { kind: 'note', clusterId, hostname, list };
    const detail = detailOf(forest, node);
    if (detail === null) return [note];
    const rows = rowsOf(detail, node);
    const held: Holding<unknown> = detail[list];
    const hidden = (held.total ?? 0) - rows.length;
    const more: ClusterNode = { kind: 'more', clusterId, parentId, hidden, step: 0 };
    return [...(needsNote(detail, list) ? [note] : []), ...rows, ...(hidden > 0 ? [more] : [])];
  },
  parent: ({ clusterId, hostname }) => ({ kind: 'worker', clusterId, hostname }),
});

/** Said in a row of its own: that there is nothing, or why nothing is known. */
const needsNote = (detail: WorkerDetail, list: HoldingKind): boolean =>
  !detail[list].rows?.length || (detail[list].problem !== null && silenceOf(detail) === null);

const rowsOf = (
  detail: WorkerDetail,
  { clusterId, hostname, list }: ClusterNode<'holding'>,
): readonly ClusterNode[] => {
  const place = { clusterId, hostname };
  if (list === 'queues')
    return (detail.queues.rows ?? []).map((queueName) => ({ kind: 'consumed', ...place, queueName }));
  if (list === 'processes') return (detail.processes.rows ?? []).map(({ pid }) => ({ kind: 'process', ...place, pid }));
  const tasks = detail[list].rows ?? [];
  return tasks.map(({ id, name }) => ({ kind: 'task', ...place, list, taskId: id, taskName: name }));
};

/** What a worker says to none of the questions need not stand below each of them. */
export const silenceOf = (detail: WorkerDetail | null): string | null => {
  if (detail === null) return null;
  const sentences = new Set(holdingKinds.map((list) => detail[list].problem));
  const [sentence = null] = sentences;
  return sentences.size === 1 ? sentence : null;
};

interface ListWords {
  readonly label: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly nothing: string;
}

export const wordsOf = (list: HoldingKind): ListWords => {
  switch (list) {
    case 'active':
      return { label: t('Active'), icon: 'run-all', contextValue: 'workerTasks;active', nothing: t('No task runs') };
    case 'reserved':
      return {
        label: t('Reserved'),
        icon: 'layers',
        contextValue: 'workerTasks;reserved',
        nothing: t('No task was fetched in advance'),
      };
    case 'scheduled':
      return {
        label: t('Scheduled'),
        icon: 'calendar',
        contextValue: 'workerTasks;scheduled',
        nothing: t('No task waits for its time'),
      };
    case 'queues':
      return { label: t('Consuming'), icon: 'inbox', contextValue: 'consuming', nothing: t('It consumes no queue') };
    case 'processes':
      return {
        label: t('Processes'),
        icon: 'server-environment',
        contextValue: 'processes',
        nothing: t('Its pool has no processes of its own'),
      };
    default:
      return list satisfies never;
  }
};
