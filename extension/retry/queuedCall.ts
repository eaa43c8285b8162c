import { CeleriacError } from '../../server/api/errors.ts';
import type { QueuedMessage } from '../../server/api/peek.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';

const messagesLookedAt = 200;

/** The task's own message, while it still waits in its queue. Only where looking into a queue changes nothing there. */
export const queuedCall = async (
  clusterId: string,
  queue: string,
  taskId: string,
  backend: Parts['backend'],
): Promise<QueuedMessage | null> => {
  try {
    if ((await backend.request(requests.peekingTouches, { clusterId })) !== null) return null;
    const { messages } = await backend.request(requests.peekQueue, { clusterId, queue, limit: messagesLookedAt });
    return messages.find((message) => message.taskId === taskId) ?? null;
  } catch (error) {
    // The person completes what cannot be read.
    if (error instanceof CeleriacError) return null;
    throw error;
  }
};
