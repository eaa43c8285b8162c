import type { HealthRuleSettings, Severity } from '../api/health.ts';
import type { HealthRule, Level } from './rule.ts';
import { type RuleName, ruleNames, ruleTable } from './ruleTable.ts';

export type Thresholds = Readonly<Record<RuleName, readonly Level[]>>;

const severities: readonly Severity[] = ['info', 'warning', 'critical'];

/** The levels that hold: the rules' own, with what a person has set in their place. A rule that is off has none. */
export const thresholdsOf = (settings: HealthRuleSettings): Thresholds =>
  Object.fromEntries(ruleNames.map((name) => [name, levelsOf(ruleTable[name], settings[name])])) as Record<
    RuleName,
    Level[]
  >;

const levelsOf = (rule: HealthRule, setting: HealthRuleSettings[string] | undefined): readonly Level[] => {
  if (!setting) return rule.levels;
  if (setting.enabled === false) return [];
  return severities.flatMap((severity) => {
    const own = rule.levels.find((level) => level.severity === severity);
    const above = setting[severity] ?? own?.above;
    if (above === undefined) return [];
    return [{ severity, above, forSeconds: setting[`${severity}AfterSeconds`] ?? own?.forSeconds ?? 0 }];
  });
};
