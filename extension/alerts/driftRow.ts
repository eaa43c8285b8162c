import { t } from '@vscode/l10n';
import { redact } from '../../server/api/redact.ts';
import { commandTo } from '../commands/commandTo.ts';
import { lines, type RowLook, sentenceLook } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import type { AlertNode, AlertSource } from './alert.ts';

/** Where the code of the workspace and the workers differ; a click leads to the place in the code. */
export const driftRow: RowKind<AlertNode<'drift'>, AlertSource, AlertNode> = {
  key: ({ clusterId, at }) => `drift:${clusterId}:${at}`,
  look({ clusterId, at }, { drift, snapshots }) {
    const found = drift.of(clusterId)[at];
    if (!found) return overLook();
    const { sentence, recommendation, kind, place } = found;
    const cluster = snapshots.get(clusterId)?.name ?? clusterId;
    return {
      label: redact(sentence),
      description: t('code and {0}', cluster),
      icon: 'git-compare',
      contextValue: 'drift',
      expandable: 'closed',
      tooltip: () => lines(redact(sentence), redact(recommendation), kind),
      ...(place
        ? {
            command: commandTo('openFrame', t('Go to Code'), {
              file: place.file,
              line: place.range.startLine + 1,
              function: '',
            }),
          }
        : {}),
    };
  },
  children: ({ clusterId, at }) => [{ kind: 'driftAdvice', clusterId, at }],
};

/** What to do about it. */
export const driftAdvice: RowKind<AlertNode<'driftAdvice'>, AlertSource, AlertNode> = {
  key: ({ clusterId, at }) => `drift-advice:${clusterId}:${at}`,
  look({ clusterId, at }, { drift }) {
    const found = drift.of(clusterId)[at];
    return found
      ? sentenceLook({ label: redact(found.recommendation), icon: 'lightbulb', contextValue: 'driftAdvice' })
      : overLook();
  },
  parent: ({ clusterId, at }) => ({ kind: 'drift', clusterId, at }),
};

const overLook = (): RowLook => ({
  label: t('This alert has ended.'),
  icon: 'pass',
  contextValue: 'over',
  tooltip: () => [],
});
