import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { clock } from '../views/wording.ts';

/** Why there is no failure to see: none has happened, or none can be heard. One sentence for each connection. */
export const emptyFailures = (snapshots: ReadonlyMap<string, ClusterSnapshot>, mutedGroups: number): string => {
  const sentences = [...snapshots.values()].map(sentenceOf);
  const muted = mutedGroups > 0 ? [t('{0} muted groups are hidden.', mutedGroups)] : [];
  return [...sentences, ...muted].join(' ');
};

const sentenceOf = (cluster: ClusterSnapshot): string => {
  const { link, name, counters } = cluster;
  if (link.kind === 'lost') return t('{0} is offline: failures cannot be heard.', name);
  if (link.kind !== 'live') return t('{0} is not connected: failures cannot be heard.', name);
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) return t('{0} has no workers that could fail.', name);
  if (sendNoEvents(cluster)) return t('The workers of {0} send no task events: their failures cannot be heard.', name);
  const since = Math.min(link.since, counters.lastEventAt ?? link.since);
  return t('No failures on {0} since {1}.', name, clock(since));
};

/** Every worker that lives says nothing of its tasks. */
export const sendNoEvents = ({ link, workers }: ClusterSnapshot): boolean => {
  const online = Object.values(workers).filter(({ status }) => status === 'online');
  return link.kind === 'live' && online.length > 0 && online.every(({ sendsTaskEvents }) => sendsTaskEvents === false);
};
