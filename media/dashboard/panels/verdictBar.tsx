import { t } from '@vscode/l10n';
import type { Verdict } from '../../../server/api/health.ts';
import { Icon } from '../../page/icon.tsx';

interface VerdictBarProps {
  readonly verdict: Verdict;
  /** Null: there is no place that shows them. */
  readonly onShow: (() => void) | null;
}

/** What the health rules say, when they find fault: the worst in a sentence, and what to do about it. */
export const VerdictBar = ({ verdict: { level, reasons }, onShow }: VerdictBarProps) => {
  const [worst] = reasons;
  if ((level !== 'degraded' && level !== 'unhealthy') || !worst) return null;
  return (
    <output class={`notice ${level === 'unhealthy' ? 'error' : 'warning'}`}>
      <Icon name={level === 'unhealthy' ? 'error' : 'warning'} />{' '}
      <strong>
        {level === 'unhealthy' ? t('Unhealthy:') : t('Degraded:')} {worst.sentence}
      </strong>{' '}
      {worst.recommendation}{' '}
      {onShow && (
        <button type="button" class="secondary" onClick={onShow}>
          {reasons.length > 1 ? t('Show all {0} alerts', reasons.length) : t('Show Alerts')}
        </button>
      )}
    </output>
  );
};
