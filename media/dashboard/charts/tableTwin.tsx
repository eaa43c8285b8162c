import { t } from '@vscode/l10n';
import type { ChartPanel } from './chartPanel.ts';
import { rowsOf } from './rows.ts';

/** A chart as a table. */
export const TableTwin = ({ panel }: { readonly panel: ChartPanel }) => {
  const rows = rowsOf(panel);
  if (rows.length === 0) return <p class="empty">{panel.empty}</p>;
  return (
    <section
      class="scroll"
      aria-label={t('{0} as a table', panel.title)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Time')}</th>
            {panel.lines.map(({ key, label }) => (
              <th key={key} scope="col" class="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, time, cells }) => (
            <tr key={at}>
              <th scope="row">{time}</th>
              {panel.lines.map(({ key }, index) => (
                <td key={key} class="number">
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
