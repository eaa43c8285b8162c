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
    const fromEvents = held?.problem != null && (held.total ?? 0) > 0;
    // Without events of any, nothing is known about a worker that does not answer.
    const total = held?.problem != null && !fromEvents ? null : (held?.total ?? null);
    return {
      label,
      description: joined(
        total === null ? (detail === null ? '…' : t('unknown')) : count(total),
        fromEvents && t('from events'),
      ),
      icon,
      contextValue,
      expandable: node.list === 'active' ? 'open' : 'closed',
      tooltip: () =>
        lines(
          total === null ? label : t('{0}: {1}', label, count(total)),
          fromEvents ? t('Counted from its events, because the worker did not answer. {0}', held?.problem ?? '') : '',
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

/** A row of its own for an empty list, or for the reason why it is unknown. */
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

/** The one reason for which all lists are unknown; it need not stand below each of them. */
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
      return {
        label: t('Active'),
        icon: 'run-all',
        contextValue: 'workerTasks;active',
        nothing: t('No running tasks'),
      };
    case 'reserved':
      return {
        label: t('Reserved'),
        icon: 'layers',
        contextValue: 'workerTasks;reserved',
        nothing: t('No prefetched tasks'),
      };
    case 'scheduled':
      return {
        label: t('Scheduled'),
        icon: 'calendar',
        contextValue: 'workerTasks;scheduled',
        nothing: t('No scheduled tasks'),
      };
    case 'queues':
      return { label: t('Consuming'), icon: 'inbox', contextValue: 'consuming', nothing: t('No consumed queues') };
    case 'processes':
      return {
        label: t('Processes'),
        icon: 'server-environment',
        contextValue: 'processes',
        nothing: t('Its pool has no processes'),
      };
    default:
      return list satisfies never;
  }
};
