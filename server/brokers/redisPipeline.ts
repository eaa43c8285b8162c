import type { ChainableCommander } from 'ioredis';

/** The replies to a pipeline or a transaction, in order; rejects with the first that is an error. */
export const runPipeline = async (pipeline: ChainableCommander): Promise<readonly unknown[]> => {
  const replies = await pipeline.exec().catch((error: unknown) => {
    throw whyAborted(error);
  });
  return (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
};

/** EXECABORT only says that a command before was refused; ioredis keeps the refusals beside it. */
const whyAborted = (error: unknown): unknown =>
  error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors)
    ? (error.previousErrors[0] ?? error)
    : error;
