import { t } from '@vscode/l10n';
import type { DebugTarget, RunningTarget } from '../../../server/api/debugging.ts';
import { CeleriacError } from '../../../server/api/errors.ts';

export interface ChosenProcess {
  readonly pid: number | null;
  /** What it runs now. */
  readonly task: RunningTarget | null;
}

export interface AskedProcess {
  readonly taskId: string | null;
  readonly pid: number | null;
}

/** The process that the row is about; null: there are several, and somebody has to choose. */
export const meantProcess = (target: DebugTarget, asked: AskedProcess): ChosenProcess | null => {
  const { childPids, mainPid, running, task } = target;
  const runningIn = (pid: number | null) => running.find((each) => each.pid === pid) ?? null;
  if (asked.taskId !== null) {
    if (task) return { pid: task.pid ?? (childPids === null ? mainPid : null), task };
    throw new CeleriacError('notFound', t('This task has already finished.'));
  }
  if (asked.pid !== null) return { pid: asked.pid, task: runningIn(asked.pid) };
  const [only, ...others] = childPids ?? (mainPid === null ? [] : [mainPid]);
  if (others.length > 0) return null;
  return { pid: only ?? null, task: childPids === null ? (running[0] ?? null) : runningIn(only ?? null) };
};
