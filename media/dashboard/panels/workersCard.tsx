import { t } from '@vscode/l10n';
import type { DashboardWorker } from '../../../server/api/dashboard.ts';
import { bytes, count, decimal, percent } from '../../../server/api/figures.ts';
import { useHeldRows } from '../../page/useHeldRows.ts';
import { useHold } from '../../page/useHold.ts';
import { Card } from './card.tsx';

interface WorkersCardProps {
  readonly workers: readonly DashboardWorker[];
  readonly known: number;
  readonly onFilter: (hostname: string) => void;
}

/** Each worker: how many of its slots are busy, its memory and load. */
export const WorkersCard = ({ workers: latest, known, onFilter }: WorkersCardProps) => {
  const { isHeld, area } = useHold();
  const workers = useHeldRows(latest, ({ hostname }) => hostname, isHeld).rows.filter((each) => each !== null);
  return (
    <Card id="workers" title={t('Workers')} isWide area={area}>
      {workers.length === 0 ? (
        <p class="empty">{t('No workers yet.')}</p>
      ) : (
        <section
          class="scroll"
          aria-label={t('Workers')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          <table class="bars names">
            <thead>
              <tr>
                <th scope="col">{t('Worker')}</th>
                <th scope="col">{t('Status')}</th>
                <th scope="col" class="bar">
                  {t('Busy')}
                </th>
                <th scope="col" class="number">
                  {t('Slots')}
                </th>
                <th scope="col" class="number" title={t('Peak memory of the main process')}>
                  {t('Memory')}
                </th>
                <th scope="col" class="number" title={t('CPU of the main process, as a share of one core')}>
                  {t('CPU')}
                </th>
                <th scope="col" class="number" title={t('Load average of the host, last minute')}>
                  {t('Load')}
                </th>
                <th scope="col" class="number">
                  {t('Processed')}
                </th>
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <Row key={worker.hostname} worker={worker} onFilter={onFilter} />
              ))}
            </tbody>
          </table>
          {known > workers.length && (
            <p class="empty">{t('{0} more workers are not listed.', count(known - workers.length))}</p>
          )}
        </section>
      )}
    </Card>
  );
};

const Row = ({ worker, onFilter }: { readonly worker: DashboardWorker; readonly onFilter: (name: string) => void }) => {
  const { hostname, status, active, slots, memoryBytes, cpuShare, loadAverage, processed } = worker;
  const isOver = active !== null && slots !== null && active > slots;
  return (
    <tr class={status === 'offline' || status === 'lost' ? 'gone' : ''}>
      <th scope="row">
        <button type="button" class="link" title={t('Filter by {0}', hostname)} onClick={() => onFilter(hostname)}>
          {hostname}
        </button>
      </th>
      <td>
        <span class={`status ${status}`}>{statusWord(status)}</span>
      </td>
      <td class="bar">
        {slots !== null && slots > 0 && (
          <progress max={slots} value={Math.min(slots, active ?? 0)} aria-label={t('Busy slots of {0}', hostname)} />
        )}
      </td>
      <td class={isOver ? 'number over' : 'number'} title={isOver ? t('More tasks than known slots') : undefined}>
        {isOver && '! '}
        {`${active === null ? '–' : count(active)}/${slots === null ? '–' : count(slots)}`}
      </td>
      <td class="number">{memoryBytes === null ? '–' : bytes(memoryBytes)}</td>
      <td class="number">{cpuShare === null ? '–' : percent(cpuShare)}</td>
      <td class="number">{loadAverage === null ? '–' : decimal(loadAverage)}</td>
      <td class="number">{processed === null ? '–' : count(processed)}</td>
    </tr>
  );
};

const statusWord = (status: DashboardWorker['status']): string =>
  ({ online: t('✓ online'), late: t('… late'), lost: t('✗ lost'), offline: t('– offline') })[status];
