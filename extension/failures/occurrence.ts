import { t } from '@vscode/l10n';
import { commandTo } from '../commands/commandTo.ts';
import { moreLook } from '../rows/moreLook.ts';
import { lines, type RowLook, rights, sentenceLook, warningColor } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { clock, joined, span } from '../rows/wording.ts';
import { type FailureNode, type FailureSource, groupNode } from './failureGroups.ts';
import { pageRows } from './occurrences.ts';

/** A single failure; selecting it opens its traceback. */
export const occurrence: RowKind<FailureNode<'occurrence'>, FailureSource, FailureNode> = {
  key: ({ clusterId, failureId, taskId, at }) => `occurrence:${clusterId}:${failureId}:${taskId}:${at}`,
  look(node, { snapshots, occurrences, redactor }, now) {
    const cluster = snapshots.get(node.clusterId);
    const found = cluster && occurrences.find(node.clusterId, node.failureId, node.taskId, node.at);
    if (!found) return goneLook();
    const { text } = redactor;
    const args = found.args ? text(found.args) : '';
    const label = clock(found.at);
    return {
      label,
      description: joined(
        found.taskId.slice(0, 8),
        t('{0} ago', span(now - found.at)),
        found.worker,
        found.retried && t('retried'),
        args,
      ),
      icon: found.retried ? 'debug-restart' : 'circle-small',
      contextValue: `occurrence;${rights(cluster)}`,
      tooltip: () =>
        lines(
          found.taskId,
          text(found.exception ?? ''),
          new Date(found.at).toLocaleString(),
          found.worker ? t('On {0}', found.worker) : '',
          found.queue ? t('From queue {0}', found.queue) : '',
          args ? `args ${args}` : '',
          found.kwargs ? `kwargs ${text(found.kwargs)}` : '',
        ),
      command: commandTo('openTraceback', label, node),
    };
  },
  parent: groupNode,
};

/** Stands for the single failures of a group that are not shown. */
export const moreOccurrences: RowKind<FailureNode<'moreOccurrences'>, FailureSource, FailureNode> = {
  key: ({ clusterId, failureId }) => `more:${clusterId}:${failureId}`,
  look: (node) =>
    moreLook({
      step: pageRows,
      rest: '',
      command: (title) => commandTo('showMoreFailures', title, node),
      contextValue: 'moreOccurrences',
    }),
  parent: groupNode,
};

/** Why single failures are not there. */
export const occurrenceTrouble: RowKind<FailureNode<'trouble'>, FailureSource, FailureNode> = {
  key: ({ clusterId, failureId }) => `trouble:${clusterId}:${failureId}`,
  look: ({ clusterId, failureId }, { occurrences }) =>
    troubleLook(occurrences.keptOf(clusterId, failureId).problem ?? ''),
  parent: groupNode,
};

export const goneLook = (): RowLook => troubleLook(t('No longer available'));

const troubleLook = (label: string): RowLook =>
  sentenceLook({ label, icon: 'warning', color: warningColor, contextValue: 'trouble' });
