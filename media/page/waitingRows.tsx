import { t } from '@vscode/l10n';
import { count } from '../../server/api/figures.ts';

interface WaitingRowsParts {
  readonly count: number;
  /** No more than these are counted. */
  readonly most?: number;
  readonly show: () => void;
}

/** What has come since the rows above are held, and the way to see it. */
export const WaitingRows = ({ count: waiting, most = Number.POSITIVE_INFINITY, show }: WaitingRowsParts) => (
  <button type="button" class="link" title={t('The list is paused while you point at it or use it.')} onClick={show}>
    {t('Show {0} new', waiting >= most ? `${count(most)}+` : count(waiting))}
  </button>
);
