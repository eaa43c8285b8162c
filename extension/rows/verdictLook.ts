import { t } from '@vscode/l10n';
import type { VerdictState } from '../../server/api/health.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { errorColor, okColor, warningColor } from './rowLook.ts';

export interface VerdictLook {
  readonly icon: string;
  readonly color: string | null;
  /** "degraded" */
  readonly word: string;
}

const looks: Readonly<Record<VerdictState, Pick<VerdictLook, 'icon' | 'color'>>> = {
  disconnected: { icon: 'debug-disconnect', color: null },
  connecting: { icon: 'sync~spin', color: null },
  offline: { icon: 'debug-disconnect', color: errorColor },
  collecting: { icon: 'circle-large-outline', color: null },
  waiting: { icon: 'circle-large-outline', color: null },
  healthy: { icon: 'pass-filled', color: okColor },
  degraded: { icon: 'warning', color: warningColor },
  unhealthy: { icon: 'error', color: errorColor },
};

type Subject = Pick<ClusterSnapshot, 'link' | 'verdict' | 'environment' | 'isReadOnly'>;

/** How a connection is: the one icon, colour and word for the Clusters view, the status bar and the Alerts view. */
export const verdictLook = (snapshot: Subject): VerdictLook => {
  const { state } = snapshot.verdict;
  const { icon, color } = looks[state];
  const guard = snapshot.link.kind === 'live' ? productionIcon(snapshot) : null;
  return { icon: guard ?? icon, color, word: stateWord(state) };
};

/** Production is recognized by its icon alone, at any width. */
const productionIcon = ({ environment, isReadOnly }: Subject): string | null =>
  environment !== 'prod' ? null : isReadOnly ? 'lock' : 'shield';

/** "PROD", "STAGING"; a development cluster is the usual case and needs no mark. */
export const environmentMark = ({ environment }: Pick<ClusterSnapshot, 'environment'>): string =>
  environment === 'dev' ? '' : environment.toUpperCase();

const stateWord = (state: VerdictState): string => {
  switch (state) {
    case 'disconnected':
      return t('not connected');
    case 'connecting':
      return t('connecting…');
    case 'offline':
      return t('offline');
    case 'collecting':
      return t('collecting…');
    case 'waiting':
      return t('waiting for workers');
    case 'healthy':
      return t('healthy');
    case 'degraded':
      return t('degraded');
    case 'unhealthy':
      return t('unhealthy');
    default:
      return state satisfies never;
  }
};
