/**
 * What work gives, unless the signal comes first: then what `aborted` gives or throws. The signal, which may live as long as
 * the process, keeps nothing of the work: a race against a promise that it settles would, for as long as it has not.
 */
export const unlessAborted = async <T, A>(
  work: Promise<T>,
  signal: AbortSignal,
  aborted: () => A | Promise<A>,
): Promise<T | A> => {
  const over = Promise.withResolvers<typeof isAborted>();
  const abort = (): void => over.resolve(isAborted);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const first = await Promise.race([work, over.promise]);
    return first === isAborted ? await aborted() : first;
  } finally {
    signal.removeEventListener('abort', abort);
    // Nobody waits any more for work that was given up.
    work.catch(() => undefined);
  }
};

const isAborted = Symbol('the signal came');
