import type { ChainableCommander } from 'ioredis';

/** The replies to a pipeline or a transaction, in order; rejects with the first that is an error. */
export const runPipeline = async (pipeline: ChainableCommander): Promise<readonly unknown[]> =>
  (await execute(pipeline)).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });

/** The same for reading keys whose names may be those of something else: what is of another type counts as null. */
export const readPipeline = async (pipeline: ChainableCommander): Promise<readonly unknown[]> =>
  (await execute(pipeline)).map(([error, reply]) => {
    if (error?.message.startsWith('WRONGTYPE')) return null;
    if (error) throw error;
    return reply;
  });

const execute = async (pipeline: ChainableCommander) => {
  const replies = await pipeline.exec().catch((error: unknown) => {
    throw whyAborted(error);
  });
  return replies ?? [];
};

/** EXECABORT only says that a command before was refused; ioredis keeps the refusals beside it. */
const whyAborted = (error: unknown): unknown =>
  error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors)
    ? (error.previousErrors[0] ?? error)
    : error;
