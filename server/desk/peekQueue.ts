import type { PeekedQueue } from '../api/peek.ts';
import type { Operations } from '../cluster/operations.ts';

/** Looks at the messages at the head of a queue. Some brokers note that somebody has looked: then it is a change. */
export const peekQueue = (
  { operations }: { readonly operations: Pick<Operations, 'peek'> },
  queue: string,
  limit: number,
): Promise<PeekedQueue> => operations.peek(queue, limit);
