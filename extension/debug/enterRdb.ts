import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { beforeAttach } from './beforeAttach.ts';
import type { SessionTarget } from './safety/sessionTarget.ts';
import type { Waiter } from './waiting/waiter.ts';

/** Asks whether the task may be held up for longer, and says what the session will stand in. */
export const enterRdb = async (
  { backend, log, mirror }: Pick<Parts, 'backend' | 'log' | 'mirror'>,
  waiter: Waiter | null,
): Promise<SessionTarget | null> => {
  if (!waiter?.worker) return null;
  const { worker } = waiter;
  const taskId = waiter.session.task?.id ?? null;
  const cluster = mirror.snapshots.get(worker.clusterId) ?? null;
  const target = await backend.request(requests.debugTarget, { ...worker, taskId }).catch((error: unknown) => {
    log.error(`${worker.hostname} could not be asked what it runs.`, error);
    return null;
  });
  await beforeAttach({ debugger: 'rdb', cluster, target });
  return { ...worker, taskId };
};
