import type { Verdict, VerdictReason, VerdictState } from './health.ts';

/** The word for a verdict, the same on every surface. */
export const verdictWords: Readonly<Record<VerdictState, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  unhealthy: 'Unhealthy',
  connecting: 'Connecting…',
  collecting: 'Collecting…',
  waiting: 'Waiting for workers',
  offline: 'Offline',
  disconnected: 'Not connected',
};

/** The reason that a surface with room for one shows; null: none, or all of them are about to end. */
export const headlineOf = ({ reasons }: Pick<Verdict, 'reasons'>): VerdictReason | null =>
  reasons.find(({ recovering }) => !recovering) ?? null;
