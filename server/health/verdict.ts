import { byUrgency } from '../api/byUrgency.ts';
import type { Alert, Verdict, VerdictReason, VerdictState } from '../api/health.ts';
import type { LinkState } from '../api/model.ts';

export interface VerdictFacts {
  readonly now: number;
  readonly link: LinkState;
  readonly alerts: readonly Alert[];
  /** How many workers are alive; null: nobody has been asked yet. */
  readonly livingWorkers: number | null;
}

/** The cluster in one word, and why. Muted alerts and advice do not count. */
export const verdictOf = (facts: VerdictFacts, before: Verdict | null): Verdict => {
  const { level, state, reasons } = judge(facts);
  return { level, state, since: before?.level === level ? before.since : facts.now, reasons };
};

const judge = ({ now, link, alerts, livingWorkers }: VerdictFacts): Omit<Verdict, 'since'> => {
  switch (link.kind) {
    case 'lost':
      return unknown('offline', `No connection to the broker: ${link.reason.sentence}`, 'Celeriac keeps trying.');
    case 'connecting':
      return link.attempt > 1
        ? unknown('offline', 'Reconnecting to the broker…', 'Wait a few seconds.')
        : unknown('connecting', 'Connecting to the broker…', 'Wait a few seconds.');
    case 'disconnected':
      return unknown('disconnected', 'Not connected to the broker.', 'Connect to it.');
    case 'live':
      break;
    default:
      return link satisfies never;
  }
  const counting = alerts.filter(
    ({ severity, mutedUntil }) => severity !== 'info' && !(mutedUntil !== null && mutedUntil > now),
  );
  if (counting.length > 0) {
    const level = counting.some(({ severity }) => severity === 'critical') ? 'unhealthy' : 'degraded';
    return { level, state: level, reasons: counting.toSorted(byUrgency).map(toReason) };
  }
  if (livingWorkers === null) return unknown('collecting', 'Gathering figures…', 'Wait a few seconds.');
  if (livingWorkers === 0) return unknown('waiting', 'No workers are online.', 'Start a worker, or wait.');
  return { level: 'healthy', state: 'healthy', reasons: [] };
};

const unknown = (state: VerdictState, sentence: string, recommendation: string): Omit<Verdict, 'since'> => ({
  level: 'unknown',
  state,
  reasons: [{ severity: 'info', recovering: false, sentence, recommendation, alertId: null }],
});

const toReason = ({ id, severity, recovering, sentence, recommendation }: Alert): VerdictReason => ({
  severity,
  recovering,
  sentence,
  recommendation,
  alertId: id,
});
