import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { TaskResult } from '../../server/api/results.ts';
import type { Parts } from '../parts.ts';
import { type CallReprs, isWhole, type OriginalCall, type Recovered, recoverSide } from './originalCall.ts';
import type { ReadQueue } from './queuedCall.ts';

/** What is known of a failed task without asking anybody. */
export interface FailedTask {
  readonly taskId: string;
  readonly name: string | null;
  readonly queue: string | null;
}

/** Puts a task's call together; null: not even its name is known. */
export const readCall = async (
  clusterId: string,
  failed: FailedTask,
  { backend }: Pick<Parts, 'backend'>,
  readQueue: ReadQueue,
): Promise<OriginalCall | null> => {
  const held = await backend.request(requests.taskCall, { clusterId, id: failed.taskId });
  const reprs = { args: held?.args ?? null, kwargs: held?.kwargs ?? null };
  const known = { name: held?.name ?? failed.name, queue: held?.queue ?? failed.queue };
  const fromEvents = callOf(failed.taskId, reprs, known, null);
  if (fromEvents?.queue && isWhole(fromEvents)) return fromEvents;
  const call = callOf(failed.taskId, reprs, known, await storedResult(clusterId, failed.taskId, backend));
  if (!call || isWhole(call) || call.queue === null) return call;
  const message = await readQueue(call.queue, failed.taskId);
  return message
    ? { ...call, args: exactly(message.argsJson, call.args), kwargs: exactly(message.kwargsJson, call.kwargs) }
    : call;
};

/** What the message itself holds is exact. */
const exactly = (json: string | null, otherwise: Recovered): Recovered =>
  json === null ? otherwise : { kind: 'whole', json };

const callOf = (
  taskId: string,
  reprs: CallReprs,
  known: { readonly name: string | null; readonly queue: string | null },
  stored: TaskResult | null,
): OriginalCall | null => {
  const taskName = known.name ?? stored?.name ?? null;
  if (taskName === null) return null;
  return {
    taskId,
    taskName,
    queue: known.queue ?? stored?.queue ?? null,
    args: recoverSide('args', reprs, stored),
    kwargs: recoverSide('kwargs', reprs, stored),
  };
};

/** Without a result backend, or when it does not answer, the person completes what is missing. */
const storedResult = async (clusterId: string, id: string, backend: Parts['backend']): Promise<TaskResult | null> => {
  try {
    return await backend.request(requests.taskResult, { clusterId, id });
  } catch (error) {
    if (error instanceof CeleriacError) return null;
    throw error;
  }
};
