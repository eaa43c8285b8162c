import { t } from '@vscode/l10n';
import { count, percent } from '../../../server/api/figures.ts';
import { useHeldRows } from '../../page/useHeldRows.ts';
import { useHold } from '../../page/useHold.ts';
import { Card } from './card.tsx';

/** How many of the tasks in memory are in which state. */
export const StatesCard = ({ states }: { readonly states: Readonly<Record<string, number>> }) => {
  const { isHeld, area } = useHold();
  const latest = Object.entries(states).sort(([, a], [, b]) => b - a);
  const rows = useHeldRows(latest, ([state]) => state, isHeld).rows.filter((each) => each !== null);
  const total = rows.reduce((sum, [, tasks]) => sum + tasks, 0);
  return (
    <Card id="states" title={t('Tasks by state')} area={area}>
      {total === 0 ? (
        <p class="empty">{t('No tasks yet.')}</p>
      ) : (
        <table class="bars">
          <thead class="spoken">
            <tr>
              <th scope="col">{t('State')}</th>
              <th scope="col">{t('Share')}</th>
              <th scope="col">{t('Tasks')}</th>
              <th scope="col">{t('Percent')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([state, tasks]) => (
              <tr key={state}>
                <th scope="row">{state}</th>
                <td class="bar">
                  <progress class={`state-${state.toLowerCase()}`} max={total} value={tasks} aria-label={state} />
                </td>
                <td class="number">{count(tasks)}</td>
                <td class="number">{percent(tasks / total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
};
