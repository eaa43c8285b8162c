import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { clock, few } from '../rows/wording.ts';

type Clusters = readonly ClusterSnapshot[];
type Standing = 'ill' | 'well' | 'unheard' | 'offline' | 'notConnected';

/** Why there is no alert: all is well, or nothing can be said. One sentence for all connections that are alike. */
export const emptyAlerts = (snapshots: ReadonlyMap<string, ClusterSnapshot>, mutedAlerts: number): string => {
  const alike = Map.groupBy(snapshots.values(), standingOf);
  const sentences = Object.entries(wordsOf).map(([standing, words]) => {
    const clusters = alike.get(standing as Standing);
    return clusters ? words(clusters, few(clusters.map(({ name }) => name))) : '';
  });
  const muted = mutedAlerts > 0 ? t('{0} muted alerts are hidden.', mutedAlerts) : '';
  return [...sentences, muted].filter(Boolean).join(' ');
};

const standingOf = ({ link, verdict }: ClusterSnapshot): Standing => {
  if (link.kind === 'lost') return 'offline';
  if (link.kind !== 'live') return 'notConnected';
  if (verdict.level === 'healthy') return 'well';
  return verdict.level === 'unknown' ? 'unheard' : 'ill';
};

const wordsOf: Readonly<Record<Standing, (clusters: Clusters, names: string) => string>> = {
  ill: (clusters) => clusters.map(illWords).join(' '),
  well: (clusters, names) => {
    const since = clock(Math.max(...clusters.map(({ verdict }) => verdict.since)));
    return clusters.length === 1
      ? t('{0} is healthy since {1}.', names, since)
      : t('{0} are healthy since {1}.', names, since);
  },
  unheard: (clusters, names) => {
    const why = clusters.length === 1 ? clusters[0]?.verdict.reasons[0]?.sentence : undefined;
    return why
      ? t('Nothing can be said about {0}: {1}', names, why)
      : t('Nothing can be said about {0} yet: too little was heard.', names);
  },
  offline: (_, names) => t('Nothing can be said about {0}: offline.', names),
  notConnected: (_, names) => t('Nothing can be said about {0}: not connected.', names),
};

const illWords = ({ name, verdict }: ClusterSnapshot): string =>
  t(
    '{0} is {1}: {2}',
    name,
    verdict.level === 'degraded' ? t('degraded') : t('unhealthy'),
    verdict.reasons[0]?.sentence ?? '',
  );
