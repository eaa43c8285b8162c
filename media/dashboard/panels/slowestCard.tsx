import { t } from '@vscode/l10n';
import type { SlowType } from '../../../server/api/dashboard.ts';
import { count, duration } from '../../../server/api/figures.ts';
import { TailName } from '../../page/tailName.tsx';
import { useHeldRows } from '../../page/useHeldRows.ts';
import { useHold } from '../../page/useHold.ts';
import { Card } from './card.tsx';

interface SlowestCardProps {
  readonly slowest: readonly SlowType[];
  readonly onFilter: (name: string) => void;
}

const time = (seconds: number | null): string => (seconds === null ? '–' : duration(seconds));

/** The task types that took longest in the last hour. */
export const SlowestCard = ({ slowest: latest, onFilter }: SlowestCardProps) => {
  const { isHeld, area } = useHold();
  const slowest = useHeldRows(latest, ({ name }) => name, isHeld).rows.filter((each) => each !== null);
  return (
    <Card id="slowest" title={t('Slowest task types, last hour')} isWide area={area}>
      {slowest.length === 0 ? (
        <p class="empty">{t('No task succeeded in the last hour.')}</p>
      ) : (
        <section
          class="scroll"
          aria-label={t('Slowest task types')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          <table class="names">
            <thead>
              <tr>
                <th scope="col">{t('Task')}</th>
                {[t('Runs'), t('Mean'), 'p50', 'p95', 'p99'].map((title) => (
                  <th key={title} scope="col" class="number">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {slowest.map(({ name, count: runs, mean, p50, p95, p99, baselineSeconds }) => (
                <tr key={name}>
                  <th scope="row">
                    <button type="button" class="link" title={t('Filter by {0}', name)} onClick={() => onFilter(name)}>
                      <TailName name={name} />
                    </button>
                    {mean !== null && baselineSeconds !== null && mean > 2 * baselineSeconds && (
                      <span class="badge warning">{t('usually {0}', duration(baselineSeconds))}</span>
                    )}
                  </th>
                  <td class="number">{count(runs)}</td>
                  <td class="number">{time(mean)}</td>
                  <td class="number">{time(p50)}</td>
                  <td class="number">{time(p95)}</td>
                  <td class="number">{time(p99)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
};
