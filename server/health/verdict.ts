import { byUrgency } from '../api/byUrgency.ts';
import type { Alert, Verdict, VerdictReason, VerdictState } from '../api/health.ts';
import type { LinkState } from '../api/model.ts';
import { inWords, type Phrase, type PhraseCode, phrase, phraseIn } from '../api/phrase.ts';

export interface VerdictFacts {
  readonly now: number;
  readonly link: LinkState;
  readonly alerts: readonly Alert[];
  /** How many workers are alive; null: nobody has been asked yet. */
  readonly livingWorkers: number | null;
}

/** A cluster of thousands of workers has as many alerts when its network is cut. */
const reasonsLimit = 100;

/** The cluster in one word, and why. Muted alerts and advice do not count. */
export const verdictOf = (facts: VerdictFacts, before: Verdict | null): Verdict => {
  const { level, state, reasons } = judge(facts);
  return { level, state, since: before?.level === level ? before.since : facts.now, reasons };
};

const judge = ({ now, link, alerts, livingWorkers }: VerdictFacts): Omit<Verdict, 'since'> => {
  switch (link.kind) {
    case 'lost':
      return unknown('offline', phrase('verdict.offline', { reason: phraseIn(link.reason) }), 'advice.keepsTrying');
    case 'connecting':
      return link.attempt > 1
        ? unknown('offline', phrase('verdict.reconnecting'), 'advice.wait')
        : unknown('connecting', phrase('verdict.connecting'), 'advice.wait');
    case 'disconnected':
      return unknown('disconnected', phrase('verdict.disconnected'), 'advice.connect');
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
    return { level, state: level, reasons: reasonsOf(counting.toSorted(byUrgency)) };
  }
  if (livingWorkers === null) return unknown('collecting', phrase('verdict.collecting'), 'advice.wait');
  if (livingWorkers === 0) return unknown('waiting', phrase('verdict.waiting'), 'advice.startWorker');
  return { level: 'healthy', state: 'healthy', reasons: [] };
};

const unknown = (state: VerdictState, what: Phrase, code: PhraseCode): Omit<Verdict, 'since'> => {
  const advice: Phrase = { code, values: {} };
  const words = { sentence: inWords(what), phrase: what, recommendation: inWords(advice), advice };
  return {
    level: 'unknown',
    state,
    reasons: [{ severity: 'info', recovering: false, ...words, alertId: null }],
  };
};

const reasonsOf = (alerts: readonly Alert[]): readonly VerdictReason[] => {
  const [firstLeftOut] = alerts.slice(reasonsLimit);
  const reasons = alerts.slice(0, reasonsLimit).map(toReason);
  if (!firstLeftOut) return reasons;
  const { severity, recovering } = firstLeftOut;
  const what = phrase('verdict.more', { n: alerts.length - reasonsLimit });
  const advice = phrase('advice.seeAlerts');
  const words = { sentence: inWords(what), phrase: what, recommendation: inWords(advice), advice };
  return [...reasons, { severity, recovering, ...words, alertId: null }];
};

const toReason = (alert: Alert): VerdictReason => {
  const { id, severity, recovering, sentence, phrase: what, recommendation, advice } = alert;
  const made = { ...(what ? { phrase: what } : {}), ...(advice ? { advice } : {}) };
  return { severity, recovering, sentence, recommendation, ...made, alertId: id };
};
