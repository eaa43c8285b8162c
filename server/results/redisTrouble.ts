import { CeleriacError } from '../api/errors.ts';

/** The sentences about a broker's connection hold for a result backend too, once they name the right setting. */
export const inBackendWords = (error: unknown): unknown => {
  if (!(error instanceof CeleriacError) || error.code === 'cancelled') return error;
  const sentence = error.message
    .replace(/\bthe broker URL\b/gi, (text) =>
      text.startsWith('T') ? 'The result backend URL' : 'the result backend URL',
    )
    .replace(/^A sentinel:\/\/ broker\b/, 'A sentinel:// result backend');
  return new CeleriacError(error.code, `The result backend cannot be read. ${sentence}`, { cause: error });
};
