import { t } from '@vscode/l10n';
import { isMutedConnection, isSilent, isWantedTask, type Policy } from '../../notifications/policy.ts';
import { type Waiter, waiterWords } from './waiter.ts';

const hourMs = 3_600_000;
const mostNamed = 2;

/** What a notification says, and of whom. */
export interface WaitingToast {
  readonly words: string;
  readonly about: readonly Waiter[];
}

/**
 * What to say of tasks that have begun to wait, all at once; null: nothing, by the rules for notifications. Exceptions that
 * are ignored have no say here: a task that waits hangs until somebody comes.
 */
export const waitingToast = (
  came: readonly Waiter[],
  policy: Policy,
  shownAt: readonly number[],
  now: number,
): WaitingToast | null => {
  if (isSilent(policy, now) || policy.level === 'critical') return null;
  if (shownAt.filter((at) => now - at < hourMs).length >= policy.maxPerHour) return null;
  const about = came.filter(({ session, worker }) => {
    const isMuted = worker !== null && isMutedConnection(policy, worker.clusterId, now);
    return !isMuted && isWantedTask(policy, session.task?.name ?? null);
  });
  return about.length === 0 ? null : { words: wordsFor(about), about };
};

const wordsFor = (waiters: readonly Waiter[]): string => {
  const named = waiters.slice(0, mostNamed).map(waiterWords).join(', ');
  if (waiters.length === 1) return t('{0} is paused in rdb until a debugger attaches.', named);
  const rest = waiters.length > mostNamed ? ', …' : '';
  return t('{0} tasks are paused in rdb until a debugger attaches: {1}', waiters.length, named + rest);
};
