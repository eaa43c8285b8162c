import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { clock, few } from '../rows/wording.ts';

type Clusters = readonly ClusterSnapshot[];
type Silence = 'quiet' | 'noEvents' | 'noWorkers' | 'offline' | 'notConnected';

/** Why there is no failure to see: none has happened, or none can be heard. One sentence for all connections that are alike. */
export const emptyFailures = (snapshots: ReadonlyMap<string, ClusterSnapshot>, mutedGroups: number): string => {
  const alike = Map.groupBy(snapshots.values(), silenceOf);
  const sentences = Object.entries(wordsOf).map(([silence, words]) => {
    const clusters = alike.get(silence as Silence);
    return clusters ? words(clusters, few(clusters.map(({ name }) => name))) : '';
  });
  const muted = mutedGroups > 0 ? t('{0} muted groups are hidden.', mutedGroups) : '';
  return [...sentences, muted].filter(Boolean).join(' ');
};

const silenceOf = (cluster: ClusterSnapshot): Silence => {
  const { link, workers } = cluster;
  if (link.kind === 'lost') return 'offline';
  if (link.kind !== 'live') return 'notConnected';
  if (Object.keys(workers).length === 0) return 'noWorkers';
  return sendNoEvents(cluster) ? 'noEvents' : 'quiet';
};

const wordsOf: Readonly<Record<Silence, (clusters: Clusters, names: string) => string>> = {
  quiet: (clusters, names) => t('No failures on {0} since {1}.', names, clock(Math.max(...clusters.map(heardSince)))),
  noEvents: (_, names) => t('Task events are off on {0}, so failures are not reported.', names),
  noWorkers: ({ length }, names) => (length === 1 ? t('{0} has no workers.', names) : t('{0} have no workers.', names)),
  offline: ({ length }, names) =>
    length === 1
      ? t('{0} is offline. New failures are not reported.', names)
      : t('{0} are offline. New failures are not reported.', names),
  notConnected: ({ length }, names) =>
    length === 1
      ? t('{0} is not connected. New failures are not reported.', names)
      : t('{0} are not connected. New failures are not reported.', names),
};

const heardSince = ({ link, counters }: ClusterSnapshot): number => {
  const since = link.kind === 'live' ? link.since : 0;
  return Math.min(since, counters.lastEventAt ?? since);
};

/** Every worker that lives says nothing of its tasks. */
export const sendNoEvents = ({ link, workers }: ClusterSnapshot): boolean => {
  const online = Object.values(workers).filter(({ status }) => status === 'online');
  return link.kind === 'live' && online.length > 0 && online.every(({ sendsTaskEvents }) => sendsTaskEvents === false);
};
