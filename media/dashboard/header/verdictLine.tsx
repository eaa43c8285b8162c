import { t } from '@vscode/l10n';
import { count } from '../../../server/api/figures.ts';
import type { Verdict, VerdictReason, VerdictState } from '../../../server/api/health.ts';
import { Icon, type IconName } from '../../page/icon.tsx';

interface VerdictLineProps {
  readonly verdict: Verdict;
  /** Null: there is no place that shows it. */
  readonly onReason: ((alertId: string) => void) | null;
  readonly onAll: (() => void) | null;
}

const mostNamed = 3;

/** How well the cluster is, in one line that is always there: the word, and why, the worst first. */
export const VerdictLine = ({ verdict: { state, reasons }, onReason, onAll }: VerdictLineProps) => {
  const alerts = reasons.filter(({ alertId }) => alertId !== null);
  const named = alerts.slice(0, mostNamed);
  const rest = alerts.length - named.length;
  return (
    <output class={`verdict ${state}`}>
      <span class="level">
        <Icon name={icons[state]} /> <strong>{verdictWord(state)}</strong>
        {alerts.length > 0 && ` · ${alerts.length === 1 ? t('1 alert') : t('{0} alerts', count(alerts.length))}:`}
      </span>
      {named.map((reason, index) => (
        <Reason key={reason.alertId} reason={reason} isFirst={index === 0} onOpen={onReason} />
      ))}
      {alerts.length === 0 && <span class="reason">{reasons[0]?.sentence}</span>}
      {rest > 0 && !onAll && <span class="more">{t('{0} more', count(rest))}</span>}
      {rest > 0 && onAll && (
        <button type="button" class="link more" onClick={onAll}>
          {t('{0} more', count(rest))}
        </button>
      )}
    </output>
  );
};

const icons: Readonly<Record<VerdictState, IconName>> = {
  healthy: 'check',
  degraded: 'warning',
  unhealthy: 'error',
  connecting: 'info',
  collecting: 'info',
  waiting: 'info',
  offline: 'error',
  disconnected: 'info',
};

const verdictWord = (state: VerdictState): string =>
  ({
    healthy: t('Healthy'),
    degraded: t('Degraded'),
    unhealthy: t('Unhealthy'),
    connecting: t('Connecting…'),
    collecting: t('Collecting…'),
    waiting: t('Waiting for workers'),
    offline: t('Offline'),
    disconnected: t('Not connected'),
  })[state];

interface ReasonProps {
  readonly reason: VerdictReason;
  readonly isFirst: boolean;
  readonly onOpen: VerdictLineProps['onReason'];
}

const Reason = ({ reason: { sentence, recommendation, recovering, alertId }, isFirst, onOpen }: ReasonProps) => {
  const words = sentence.replace(/\.$/, '');
  const classes = ['reason', isFirst ? 'first' : '', recovering ? 'recovering' : ''].join(' ');
  if (onOpen === null || alertId === null) return <span class={classes}>{words}</span>;
  return (
    <button
      type="button"
      class={`link ${classes}`}
      title={`${sentence}\n${recommendation}`}
      onClick={() => onOpen(alertId)}
    >
      {words}
    </button>
  );
};
