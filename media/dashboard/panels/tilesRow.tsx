import { t } from '@vscode/l10n';
import { Icon } from '../../page/icon.tsx';
import type { Tile } from '../tiles.ts';

/** The present figures, whatever range the charts show. */
export const TilesRow = ({ tiles }: { readonly tiles: readonly Tile[] }) => (
  <dl class="tiles" aria-label={t('Now')}>
    {tiles.map(({ id, label, value, detail, severity }) => (
      <div key={id} class={severity ? `tile ${severity}` : 'tile'} data-tile={id}>
        <dt>{label}</dt>
        <dd class="value">
          {severity && <Icon name={severity === 'critical' ? 'error' : 'warning'} />}
          {value}
          {severity && <span class="spoken">{severity === 'critical' ? t('critical') : t('warning')}</span>}
        </dd>
        <dd class="detail">{detail}</dd>
      </div>
    ))}
  </dl>
);
