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
      : ` ${reserved === 1 ? t('1 task that it has already taken waits.') : t('{0} tasks that it has already taken wait.', reserved)}`;
  if (isWholeWorker(target, by))
    return (
      t(
        'The whole worker {0} stands still: it takes no tasks, answers nobody and sends no heartbeat, so that others take it for lost.',
        hostname,
      ) + behind
    );
  const others = childPids === null ? null : childPids.length - 1;
  if (others === 0) return t('{0} has one process, and it stands still: nothing else runs there.', hostname) + behind;
  return t('One process of {0} stands still, and what was handed to it waits; the others work on.', hostname) + behind;
};

/**
 * rdb holds one thread or greenlet up; debugpy stops all threads of a process. A solo worker has but one: it answers nobody,
 * so that its pool is often not known either.
 */
const isWholeWorker = (
  { pool, childPids, problem }: Pick<DebugTarget, 'pool' | 'childPids' | 'problem'>,
  by: DebuggerKind,
): boolean => pool === 'solo' || (pool === null && problem !== null) || (by === 'debugpy' && childPids === null);
