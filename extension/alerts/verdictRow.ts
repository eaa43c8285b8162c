import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { redact } from '../../server/api/redact.ts';
import { staleness } from '../clusters/staleness.ts';
import { commandTo } from '../commands/commandTo.ts';
import { lines, type RowLook } from '../rows/rowLook.ts';
import type { RowKind } from '../rows/rows.ts';
import { environmentMark, verdictLook } from '../rows/verdictLook.ts';
import { alertsWord, clock, joined } from '../rows/wording.ts';
import type { AlertNode, AlertSource } from './alert.ts';

/** How a connection is as a whole: the same verdict as everywhere, above what it follows from. */
export const verdictRow: RowKind<AlertNode<'verdict'>, AlertSource, AlertNode> = {
  key: ({ clusterId }) => `verdict:${clusterId}`,
  look(node, { snapshots }, now) {
    const cluster = snapshots.get(node.clusterId);
    if (!cluster) return { label: node.clusterId, icon: 'circle-slash', contextValue: 'over', tooltip: () => [] };
    return { ...lookOf(cluster, now), command: commandTo('revealInClusters', t('Show in Clusters'), node) };
  },
};

const lookOf = (cluster: ClusterSnapshot, now: number): RowLook => {
  const { name, link, verdict, environment } = cluster;
  const { icon, color, word } = verdictLook(cluster);
  const isOffline = verdict.state === 'offline';
  const mark = environmentMark(cluster);
  return {
    label: isOffline ? t('Broker not reachable') : name,
    description: isOffline
      ? joined(mark, name, staleness(cluster, now))
      : joined(mark, word, link.kind === 'live' && becauseOf(cluster)),
    icon,
    color,
    isProduction: environment === 'prod',
    contextValue: `verdict${link.kind === 'lost' ? ';lost' : ''}`,
    tooltip: () =>
      lines(
        t('{0}: {1}', name, word),
        link.kind === 'lost' && redact(link.reason.sentence),
        ...(link.kind === 'live' ? verdict.reasons.map(({ sentence }) => redact(sentence)) : []),
      ),
  };
};

/** "since 03:12:51"; "3 alerts". */
const becauseOf = ({ verdict }: ClusterSnapshot): string => {
  const { level, since, reasons } = verdict;
  if (level === 'unknown') return '';
  return level === 'healthy' ? t('since {0}', clock(since)) : alertsWord(reasons.length);
};
