import type { Parts } from '../parts.ts';
import { beforeAttach } from './beforeAttach.ts';
import type { SessionTarget } from './safety/sessionTarget.ts';
import type { Waiter } from './waiting/waiter.ts';

/** Asks whether the task may be held up for longer, and says what the session will stand in. */
export const enterRdb = async (
  { mirror }: Pick<Parts, 'mirror'>,
  waiter: Waiter | null,
): Promise<SessionTarget | null> => {
  if (!waiter?.worker) return null;
  const { worker, task } = waiter;
  const cluster = mirror.snapshots.get(worker.clusterId) ?? null;
  const target = waiter.target ? { ...waiter.target, task } : null;
  await beforeAttach({ debugger: 'rdb', cluster, target });
  return { ...worker, taskId: task?.id ?? null };
};
