import { t } from '@vscode/l10n';
import { Card } from '../panels/card.tsx';
import { Chart } from './chart.tsx';
import type { ChartPanel } from './chartPanel.ts';
import { TableTwin } from './tableTwin.tsx';

type ChartCardProps = Parameters<typeof Chart>[0] & {
  readonly panel: ChartPanel;
  readonly isTable: boolean;
  readonly onToggle: () => void;
};

/** A chart or its table. */
export const ChartCard = ({ isTable, onToggle, ...chart }: ChartCardProps) => (
  <Card
    id={chart.panel.id}
    title={chart.panel.title}
    badge={chart.panel.badge}
    action={
      <button
        type="button"
        class="quiet"
        aria-pressed={isTable}
        aria-label={t('{0} as a table', chart.panel.title)}
        onClick={onToggle}
      >
        {isTable ? t('Chart') : t('Table')}
      </button>
    }
  >
    {isTable ? <TableTwin panel={chart.panel} /> : <Chart {...chart} />}
  </Card>
);
