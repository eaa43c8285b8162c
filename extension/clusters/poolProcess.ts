import { t } from '@vscode/l10n';
import { lines, rights } from '../rows/rowLook.ts';
import { detailOf } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';

/** A process of a worker's pool. */
export const poolProcess = clusterKind<'process'>({
  key: ({ clusterId, hostname, pid }) => `process:${clusterId}:${hostname}:${pid}`,
  look(node, { snapshot, forest }) {
    const processes = detailOf(forest, node)?.processes.rows ?? [];
    const task = processes.find(({ pid }) => pid === node.pid)?.task ?? null;
    const words = task ? (task.name ?? task.id) : t('idle');
    return {
      label: String(node.pid),
      description: words,
      icon: task ? 'vm-running' : 'vm-outline',
      contextValue: `process;${rights(snapshot)}`,
      tooltip: () => lines(t('Process {0}: {1}', node.pid, words), task?.id ?? ''),
    };
  },
  parent: ({ clusterId, hostname }) => ({ kind: 'holding', clusterId, hostname, list: 'processes' }),
});
