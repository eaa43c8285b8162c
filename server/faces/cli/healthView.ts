import type { Alert, Check, Verdict } from '../../api/health.ts';

/** What `celeriac health` shows. */
export interface HealthView {
  readonly maskedUrl: string;
  /** How long was listened; null: one look. */
  readonly seconds: number | null;
  readonly verdict: Verdict;
  readonly alerts: readonly Alert[];
  readonly checks: readonly Check[];
}

/** Rules that this look could say nothing about: they need to watch for a while, and there was too little to see. */
export const unjudged = ({ checks, seconds }: HealthView): readonly Check[] =>
  checks.filter(({ needs, subjects, isOn }) => isOn && needs === 'time' && (seconds === null || subjects === 0));

/** What is set up so that it will go wrong; it does not count for the verdict. */
export const advice = ({ alerts }: HealthView): readonly Alert[] =>
  alerts.filter(({ severity }) => severity === 'info');
