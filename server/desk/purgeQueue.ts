import type { Operations } from '../cluster/operations.ts';

/** Deletes what waits in a queue; resolves with the number of messages. */
export const purgeQueue = (
  { operations }: { readonly operations: Pick<Operations, 'purge'> },
  queue: string,
): Promise<number> => operations.purge(queue);
