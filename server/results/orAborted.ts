import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { unlessAborted } from '../waits/unlessAborted.ts';

/** Gives up on work when the signal says so, whether the work listens to it or not. */
export const orAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  unlessAborted(work, signal, () => {
    throw new CeleriacError('cancelled', phrase('result.cancelled'), { cause: signal.reason });
  });
