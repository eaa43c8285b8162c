import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** Gives up on work that does not end in time, as with a server that is stopped or a port that never speaks. */
export const withDeadline = async <T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  timeoutMs: number,
  late: () => CeleriacError,
): Promise<T> => {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    either.throwIfAborted();
    return await work(either);
  } catch (error) {
    if (signal.aborted) throw new CeleriacError('cancelled', phrase('connect.cancelled'), { cause: error });
    if (deadline.aborted) throw late();
    throw error;
  }
};
