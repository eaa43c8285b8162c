import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { clock } from '../views/wording.ts';

/** Why there is no alert: all is well, or nothing can be said. One sentence for each connection. */
export const emptyAlerts = (snapshots: ReadonlyMap<string, ClusterSnapshot>, mutedAlerts: number): string => {
  const sentences = [...snapshots.values()].map(sentenceOf);
  const muted = mutedAlerts > 0 ? [t('{0} muted alerts are hidden.', mutedAlerts)] : [];
  return [...sentences, ...muted].join(' ');
};

const sentenceOf = ({ name, verdict }: ClusterSnapshot): string => {
  const why = verdict.reasons[0]?.sentence;
  if (verdict.level === 'healthy') return t('{0} is healthy since {1}.', name, clock(verdict.since));
  if (verdict.level === 'unknown')
    return why
      ? t('Nothing can be said about {0}: {1}', name, why)
      : t('Nothing can be said about {0} yet: too little was heard.', name);
  return t('{0} is {1}: {2}', name, verdict.level === 'degraded' ? t('degraded') : t('unhealthy'), why ?? '');
};
