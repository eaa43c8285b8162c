import { t } from '@vscode/l10n';
import type { DashboardThresholds } from '../../server/api/dashboard.ts';

/** A line in a chart, beyond which a figure is a worry. */
export interface Threshold {
  readonly value: number;
  readonly severity: 'warning' | 'critical' | 'info';
  readonly label: string;
}

export const thresholdLines = (levels: DashboardThresholds[keyof DashboardThresholds]): readonly Threshold[] =>
  levels.map(({ severity, above }) => ({ value: above, severity, label: wordOf(severity) }));

export const severityOf = (
  value: number | null,
  levels: DashboardThresholds[keyof DashboardThresholds],
): 'warning' | 'critical' | null => {
  if (value === null) return null;
  const passed = levels.filter(({ above }) => value > above).map(({ severity }) => severity);
  return passed.includes('critical') ? 'critical' : passed.includes('warning') ? 'warning' : null;
};

const wordOf = (severity: Threshold['severity']): string =>
  ({ info: t('info'), warning: t('warning'), critical: t('critical') })[severity];
