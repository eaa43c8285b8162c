import { t } from '@vscode/l10n';
import type { DashboardQueues } from '../../../server/api/dashboard.ts';
import { duration, figure, perSecond } from '../format.ts';
import { Card } from './card.tsx';

interface QueuesCardProps {
  readonly queues: DashboardQueues;
  readonly onFilter: (name: string) => void;
}

/** Each queue as it was read last. */
export const QueuesCard = ({ queues: { rows, count }, onFilter }: QueuesCardProps) => (
  <Card id="queues" title={t('Queues')}>
    {rows.length === 0 ? (
      <p class="empty">{t('No queue was read yet.')}</p>
    ) : (
      <section
        class="scroll"
        aria-label={t('Queues')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Queue')}</th>
              <th scope="col" class="number">
                {t('Ready')}
              </th>
              <th scope="col" class="number">
                {t('Unacked')}
              </th>
              <th scope="col" class="number">
                {t('Consumers')}
              </th>
              <th scope="col" class="number">
                {t('Growth')}
              </th>
              <th scope="col" class="number">
                {t('Empty in')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, ready, unacked, consumers, growthPerSecond, drainSeconds, workers }) => (
              <tr key={name}>
                <th scope="row">
                  <button type="button" class="link" title={t('Show only {0}', name)} onClick={() => onFilter(name)}>
                    {name}
                  </button>
                  {consumersOf(consumers, workers) === 0 && (ready ?? 0) > 0 && (
                    <span class="badge warning">{t('nobody consumes')}</span>
                  )}
                </th>
                <td class="number">{ready === null ? '–' : figure(ready)}</td>
                <td class="number">{unacked === null ? '–' : figure(unacked)}</td>
                <td class="number">{figure(consumersOf(consumers, workers))}</td>
                <td class="number">{growthPerSecond === null ? '–' : perSecond(growthPerSecond)}</td>
                <td class="number">{drainSeconds === null ? '–' : duration(drainSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {count > rows.length && <p class="empty">{t('{0} more are not listed here.', count - rows.length)}</p>}
      </section>
    )}
  </Card>
);

/** A broker that counts no consumers: then as many as say that they consume it. */
const consumersOf = (counted: number | null, workers: readonly string[]): number => counted ?? workers.length;
