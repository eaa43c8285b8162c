import { CeleriacError } from '../../server/api/errors.ts';
import type { QueuedMessage } from '../../server/api/peek.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';

const messagesLookedAt = 500;

/** Finds a task's own message while it waits in its queue. */
export type ReadQueue = (queue: string, taskId: string) => Promise<QueuedMessage | null>;

/** Looks into each queue once, however many tasks are sought there, and only where looking changes nothing. */
export const queueReader = (clusterId: string, backend: Pick<Backend, 'request'>): ReadQueue => {
  const looks = new Map<string, Promise<readonly QueuedMessage[]>>();
  return async (queue, taskId) => {
    const look = looks.get(queue) ?? messagesIn(clusterId, queue, backend);
    looks.set(queue, look);
    return (await look).find((message) => message.taskId === taskId) ?? null;
  };
};

const messagesIn = async (
  clusterId: string,
  queue: string,
  backend: Pick<Backend, 'request'>,
): Promise<readonly QueuedMessage[]> => {
  try {
    if ((await backend.request(requests.peekingTouches, { clusterId })) !== null) return [];
    return (await backend.request(requests.peekQueue, { clusterId, queue, limit: messagesLookedAt })).messages;
  } catch (error) {
    // The person completes what cannot be read.
    if (error instanceof CeleriacError) return [];
    throw error;
  }
};
