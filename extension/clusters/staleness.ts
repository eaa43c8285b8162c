import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { span } from '../rows/wording.ts';

/** While the link is down the rows stay, and say how old they are: "stale 2 m", otherwise nothing. */
export const staleness = (snapshot: ClusterSnapshot, now: number): string => {
  const { link, counters } = snapshot;
  if (link.kind === 'live' || counters.lastEventAt === null) return '';
  return t('stale {0}', span(now - counters.lastEventAt));
};
