import type { DebugTarget } from '../../server/api/debugging.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { askModally } from '../shown/messages.ts';
import { attachQuestion } from './safety/attachQuestion.ts';
import { deadlinesOf } from './safety/deadlines.ts';
import { driftMsOf } from './safety/drift.ts';
import { readWarnBeforeMs } from './warnBefore.ts';

/** What is known of the task or the worker that a debugger is about to stop. */
export interface Attachment {
  readonly debugger: 'rdb' | 'debugpy';
  /** Null: it was given by host and port, and belongs to no connection that is known. */
  readonly cluster: ClusterSnapshot | null;
  readonly target: DebugTarget | null;
}

/**
 * Called by every attach before it begins. Returns when it may; throws `cancelled` when somebody says no. A configuration
 * that then names its target (safety/sessionTarget.ts) has its time counted by the session's clock.
 */
export const beforeAttach = async (attachment: Attachment): Promise<void> => {
  const { cluster, target } = attachment;
  const task = target?.task ?? null;
  const deadlines = task && target ? deadlinesOf({ task, target, driftMs: driftMsOf(cluster, target.hostname) }) : [];
  const question = attachQuestion({ ...attachment, task, deadlines }, readWarnBeforeMs(), Date.now());
  if (!question) return;
  orCancelled(await askModally(question, question.yes));
};
