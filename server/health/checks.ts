import type { Alert, Check, Severity } from '../api/health.ts';
import { inUnit } from '../api/phraseFigures.ts';
import type { Measurement } from './measurement.ts';
import type { HealthRule } from './rule.ts';
import { ruleNames, ruleTable } from './ruleTable.ts';
import type { Thresholds } from './thresholds.ts';

const order: readonly Severity[] = ['critical', 'warning', 'info'];

export const checksOf = (
  measurements: readonly Measurement[],
  alerts: readonly Alert[],
  thresholds: Thresholds,
): readonly Check[] =>
  ruleNames.map((rule) => {
    const { watches, needs, unit }: HealthRule = ruleTable[rule];
    const own = measurements.filter((measurement) => measurement.rule === rule);
    const raised = alerts.filter((alert) => alert.rule === rule).map(({ severity }) => severity);
    const levels = thresholds[rule];
    const worst = own.length === 0 ? null : Math.max(...own.map(({ figure }) => figure));
    const limit = own.find(({ threshold }) => threshold !== undefined)?.threshold ?? levels[0]?.above;
    return {
      rule,
      watches,
      needs,
      isOn: levels.length > 0,
      subjects: own.length,
      raised: order.find((severity) => raised.includes(severity)) ?? null,
      worst: worst === null ? null : (inUnit(worst, unit) ?? (unit === 'count' ? '0' : null)),
      limit: limit === undefined ? null : (inUnit(limit, unit) ?? (unit === 'count' ? '0' : null)),
    };
  });
