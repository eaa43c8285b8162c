import { CeleriacError } from '../api/errors.ts';

/** Gives up on work when the signal says so, whether the work listens to it or not. */
export const orAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new CeleriacError('cancelled', 'Reading the result was cancelled.', { cause: signal.reason }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined);
    aborted.catch(() => undefined);
  }
};
