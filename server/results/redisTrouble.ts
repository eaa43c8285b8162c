import { CeleriacError, phraseOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** What is said of a broker's connection holds for a result backend too, once it is clear which of them is meant. */
export const inBackendWords = (error: unknown): unknown => {
  if (!(error instanceof CeleriacError) || error.code === 'cancelled') return error;
  return new CeleriacError(error.code, phrase('result.unreadable', { reason: phraseOf(error) }), { cause: error });
};
