import { inWords } from '../api/phrase.ts';
import { adviceOf } from '../health/adviceOf.ts';
import type { Level } from '../health/rule.ts';
import { type RuleName, ruleNames, ruleTable } from '../health/ruleTable.ts';

/** One alerting rule of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleGroups {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}

const share = (state: string): string =>
  `sum by (task) (rate(celery_task_runs_total{state="${state}"}[5m])) / sum by (task) (rate(celery_task_runs_total[5m]))`;

const p95 = (metric: string, label: string, span: string): string =>
  `histogram_quantile(0.95, sum by (le, ${label}) (rate(${metric}_bucket[${span}])))`;

/** The figures of rules that Prometheus can work out by itself, so that its own history counts and not ours. */
const figures: Readonly<Partial<Record<RuleName, string>>> = {
  queueDepth: 'celery_queue_length',
  queueGrowth: 'deriv(celery_queue_length[5m])',
  queueUnconsumed: '(celery_queue_length and on (queue) celery_queue_workers == 0)',
  queueWait: p95('celery_task_wait_time_seconds', 'queue', '5m'),
  failureRate: share('FAILURE'),
  retryRate: share('RETRY'),
  slowTasks: p95('celery_task_duration_seconds', 'task', '15m'),
};

/**
 * The health rules as Prometheus' alerting rules, from the same table: by their own expression where the metrics have the
 * figure, otherwise by what celeriac itself says of them.
 */
export const alertRules = (): RuleGroups => ({
  groups: [
    { name: 'celery', rules: ruleNames.flatMap((rule) => ruleTable[rule].levels.map((level) => toRule(rule, level))) },
    { name: 'celeriac', rules: [brokerAway] },
  ],
});

const toRule = (rule: RuleName, level: Level): AlertRule => {
  return {
    alert: `Celery${rule.charAt(0).toUpperCase()}${rule.slice(1)}`,
    ...conditionOf(rule, level),
    labels: { severity: level.severity },
    annotations: { summary: ruleTable[rule].watches, description: inWords(adviceOf(rule)) },
  };
};

const conditionOf = (rule: RuleName, { above, forSeconds, severity }: Level): Pick<AlertRule, 'expr' | 'for'> => {
  if (rule === 'noWorkers') return { expr: 'celery_workers_active == 0', for: `${forSeconds}s` };
  const figure = figures[rule];
  // What celeriac says has waited for its time already.
  if (!figure) return { expr: `max by (subject) (celery_alert{rule="${rule}", severity="${severity}"}) > 0` };
  return { expr: `${figure} > ${above}`, ...(forSeconds > 0 ? { for: `${forSeconds}s` } : {}) };
};

/** Without the broker nothing is known, so no rule about the cluster would speak. */
const brokerAway: AlertRule = {
  alert: 'CeleryBrokerAway',
  expr: 'celery_broker_up == 0',
  for: '60s',
  labels: { severity: 'critical' },
  annotations: {
    summary: 'celeriac is not connected to the broker',
    description: 'GET /readyz of celeriac returns the reason.',
  },
};
