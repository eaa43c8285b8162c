import type { HealthRuleSettings } from '../../server/api/health.ts';

const figures = ['info', 'warning', 'critical', 'infoAfterSeconds', 'warningAfterSeconds', 'criticalAfterSeconds'];

/** Thresholds as a person wrote them: what is no figure is left out, so that one slip does not take the others along. */
export const readHealthRules = (written: unknown): HealthRuleSettings =>
  Object.fromEntries(Object.entries(toRecord(written)).map(([rule, setting]) => [rule, readRule(toRecord(setting))]));

const readRule = (setting: Readonly<Record<string, unknown>>): HealthRuleSettings[string] => ({
  ...(typeof setting.enabled === 'boolean' ? { enabled: setting.enabled } : {}),
  ...Object.fromEntries(figures.filter((name) => isFigure(setting[name])).map((name) => [name, setting[name]])),
});

const isFigure = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
