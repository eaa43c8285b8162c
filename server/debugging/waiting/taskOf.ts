import type { DebugTarget, RunningTarget } from '../../api/debugging.ts';
import type { WaitingSession } from '../../api/waiting.ts';

/**
 * Of the tasks that a worker runs the one in that process. One that stands in its main process cannot answer: with a
 * single running task, as its events tell, it is that one.
 */
export const taskOf = (
  { process }: Pick<WaitingSession, 'process'>,
  { running }: Pick<DebugTarget, 'running'>,
): RunningTarget | null => {
  const byPid = running.filter(({ pid }) => pid !== null && pid === process?.pid);
  const [only, ...others] = byPid.length > 0 ? byPid : running.filter(({ pid }) => pid === null);
  return only && others.length === 0 ? only : null;
};
