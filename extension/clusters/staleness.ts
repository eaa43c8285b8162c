import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { span } from '../rows/wording.ts';

type Known = Pick<ClusterSnapshot, 'link' | 'counters'>;

/** While the link is down the rows stay and show how old they are: "stale 2 m"; otherwise nothing. */
export const staleness = (snapshot: Known, now: number): string => {
  const { link, counters } = snapshot;
  if (link.kind === 'live' || counters.lastEventAt === null) return '';
  return t('stale {0}', span(now - counters.lastEventAt));
};

/** The moment that rows show: now, or when the last event came before the link went down. */
export const lastKnownAt = ({ link, counters }: Known, now: number): number =>
  link.kind === 'live' ? now : Math.min(now, counters.lastEventAt ?? now);
