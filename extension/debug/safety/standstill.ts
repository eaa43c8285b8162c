import { t } from '@vscode/l10n';
import type { DebugTarget } from '../../../server/api/debugging.ts';

export type DebuggerKind = 'rdb' | 'debugpy';

/** What does nothing while somebody looks, beside the task itself. */
export const standstillWords = (
  target: Pick<DebugTarget, 'hostname' | 'pool' | 'childPids' | 'reserved' | 'problem'>,
  by: DebuggerKind,
): string => {
  const { hostname, childPids, reserved } = target;
  const behind =
    reserved === null || reserved === 0
      ? ''
      : ` ${reserved === 1 ? t('1 prefetched task waits.') : t('{0} prefetched tasks wait.', reserved)}`;
  if (isWholeWorker(target, by))
    return (
      t(
        'The whole worker {0} is paused: it takes no tasks, answers no commands and sends no heartbeat, so other tools report it as lost.',
        hostname,
      ) + behind
    );
  const others = childPids === null ? null : childPids.length - 1;
  if (others === 0) return t('The only process of {0} is paused: nothing else runs there.', hostname) + behind;
  return t('One process of {0} is paused, and its tasks wait. The others continue.', hostname) + behind;
};

/**
 * rdb holds one thread or greenlet up; debugpy stops all threads of a process. A solo worker has but one: it answers nobody,
 * so that its pool is often not known either.
 */
const isWholeWorker = (
  { pool, childPids, problem }: Pick<DebugTarget, 'pool' | 'childPids' | 'problem'>,
  by: DebuggerKind,
): boolean => pool === 'solo' || (pool === null && problem !== null) || (by === 'debugpy' && childPids === null);
