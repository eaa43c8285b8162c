import { t } from '@vscode/l10n';
import { isSilent, isWantedTask, type Policy } from '../../notifications/policy.ts';
import { type Waiter, waiterWords } from './waiter.ts';

const hourMs = 3_600_000;
const mostNamed = 2;

/**
 * What to say of tasks that have begun to wait, all at once; null: nothing, by the rules for notifications. Failures that
 * are ignored have no say here: a task that waits hangs until somebody comes.
 */
export const waitingToast = (
  came: readonly Waiter[],
  policy: Policy,
  shownAt: readonly number[],
  now: number,
): string | null => {
  if (isSilent(policy, now) || policy.level === 'critical') return null;
  const waiters = came.filter(({ task }) => isWantedTask(policy, task?.name ?? null));
  if (shownAt.filter((at) => now - at < hourMs).length >= policy.maxPerHour) return null;
  const [first, ...others] = waiters.map(waiterWords);
  if (first === undefined) return null;
  if (others.length === 0) return t('{0} waits in rdb. It hangs until somebody attaches.', first);
  const named = [first, ...others].slice(0, mostNamed).join(', ');
  const rest = waiters.length > mostNamed ? ', …' : '';
  return t('{0} tasks wait in rdb and hang until somebody attaches: {1}', waiters.length, named + rest);
};
