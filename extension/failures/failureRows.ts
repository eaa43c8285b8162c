import { t } from '@vscode/l10n';
import { commandTo } from '../commands/commandTo.ts';
import { moreLook } from '../rows/moreLook.ts';
import { type RowKind, type Rows, rowsOf } from '../rows/rows.ts';
import { count } from '../rows/wording.ts';
import { failureGroup } from './failureGroup.ts';
import { type FailureNode, type FailureSource, groupNode, listedGroups } from './failureGroups.ts';
import { moreOccurrences, occurrence, occurrenceTrouble } from './occurrence.ts';
import { pageRows } from './occurrences.ts';

/** Stands for the groups that are not shown. */
const moreGroups: RowKind<FailureNode<'moreGroups'>, FailureSource, FailureNode> = {
  key: () => 'moreGroups',
  look: (_node, source, now) =>
    moreLook({
      step: pageRows,
      rest: t('{0} are not shown', count(listedGroups(source, now).length - source.limit)),
      command: (title) => commandTo('showMoreFailures', title, {}),
      contextValue: 'moreGroups',
    }),
};

const kinds = { group: failureGroup, occurrence, trouble: occurrenceTrouble, moreOccurrences, moreGroups };

/** The Failures view: groups, below each its single failures. */
export const failureRows = (source: FailureSource): Rows<FailureNode> =>
  rowsOf<FailureNode, FailureSource>(kinds, source, () => rootsOf(source));

const rootsOf = (source: FailureSource): readonly FailureNode[] => {
  const groups = listedGroups(source, Date.now());
  const shown = groups
    .slice(0, source.limit)
    .flatMap(({ cluster, group }) => groupNode({ clusterId: cluster.clusterId, failureId: group.id }, source) ?? []);
  return groups.length > source.limit ? [...shown, { kind: 'moreGroups' }] : shown;
};
