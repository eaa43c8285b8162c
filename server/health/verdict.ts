import type { Alert, Severity, Verdict, VerdictReason } from '../api/health.ts';
import type { LinkState } from '../api/model.ts';

export interface VerdictFacts {
  readonly now: number;
  readonly link: LinkState;
  readonly alerts: readonly Alert[];
  /** How many workers live; null: nobody has been asked yet. */
  readonly livingWorkers: number | null;
}

const rank: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** The cluster in one word, and why. Muted alerts and advice do not count. */
export const verdictOf = (facts: VerdictFacts, before: Verdict | null): Verdict => {
  const { level, reasons } = judge(facts);
  return { level, reasons, since: before?.level === level ? before.since : facts.now };
};

const judge = ({ now, link, alerts, livingWorkers }: VerdictFacts): Omit<Verdict, 'since'> => {
  const unknown = (sentence: string, recommendation: string): Omit<Verdict, 'since'> => ({
    level: 'unknown',
    reasons: [{ severity: 'info', sentence, recommendation, alertId: null }],
  });
  if (link.kind === 'lost')
    return unknown(`There is no connection to the broker: ${link.reason.sentence}`, 'It tries again by itself.');
  if (link.kind !== 'live') return unknown('There is no connection to the broker.', 'Connect to it.');
  const counting = alerts.filter(
    ({ severity, mutedUntil }) => severity !== 'info' && !(mutedUntil !== null && mutedUntil > now),
  );
  if (counting.length > 0) {
    const reasons = counting.toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.since - b.since).map(toReason);
    return { level: reasons[0]?.severity === 'critical' ? 'unhealthy' : 'degraded', reasons };
  }
  if (livingWorkers === null) return unknown('The workers have not been asked yet.', 'Wait a few seconds.');
  if (livingWorkers === 0)
    return unknown('No worker lives at present; whether one comes back is not known yet.', 'Start a worker, or wait.');
  return { level: 'healthy', reasons: [] };
};

const toReason = ({ id, severity, sentence, recommendation }: Alert): VerdictReason => ({
  severity,
  sentence,
  recommendation,
  alertId: id,
});
