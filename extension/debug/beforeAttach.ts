import type { DebugTarget } from '../../server/api/debugging.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

/** What is known of the task or the worker that a debugger is about to stop. */
export interface Attachment {
  readonly debugger: 'rdb' | 'debugpy';
  /** Null: it was given by host and port, and belongs to no connection that is known. */
  readonly cluster: ClusterSnapshot | null;
  readonly target: DebugTarget | null;
}

/** Called by every attach before it begins. Returns when it may; throws `cancelled` when somebody says no. */
export const beforeAttach = async (_attachment: Attachment): Promise<void> => undefined;
