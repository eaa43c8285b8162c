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
  if (areEventsOff(cluster))
    return t('{0} has workers, but they send no task events: turn them on to hear of failures.', name);
  if (Object.keys(cluster.workers).length === 0) return t('{0} has no workers that could fail.', name);
  const since = Math.min(link.since, counters.lastEventAt ?? link.since);
  return t('No failures on {0} since {1}.', name, clock(since));
};

/** A rule of the health says so; it needs a while to be sure. */
const areEventsOff = ({ alerts }: ClusterSnapshot): boolean =>
  Object.values(alerts).some(({ rule }) => /events/i.test(rule) && /off/i.test(rule));
