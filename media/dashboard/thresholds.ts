import { t } from '@vscode/l10n';

export interface Threshold {
  readonly value: number;
  readonly severity: 'warning' | 'critical';
  readonly label: string;
}

const limits = (warning: number | null, critical: number | null): readonly Threshold[] => [
  ...(warning === null ? [] : [{ value: warning, severity: 'warning', label: t('warning') } as const]),
  ...(critical === null ? [] : [{ value: critical, severity: 'critical', label: t('critical') } as const]),
];

/** Where a figure becomes a worry. */
export const thresholds = {
  failureRate: limits(0.05, 0.2),
  retryRate: limits(0.1, null),
  queueDepth: limits(1_000, 5_000),
  queueGrowth: limits(10, null),
  queueWait: limits(60, null),
  runtimeP95: limits(300, null),
} as const;

export const severityOf = (value: number | null, among: readonly Threshold[]): Threshold['severity'] | null => {
  if (value === null) return null;
  const passed = among.filter((threshold) => value > threshold.value);
  return passed.some(({ severity }) => severity === 'critical') ? 'critical' : passed.length > 0 ? 'warning' : null;
};
