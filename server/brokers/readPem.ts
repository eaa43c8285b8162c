import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { readBounded } from '../files/readBounded.ts';

/** All the certificate authorities of a system are a quarter of this. */
const largestPemBytes = 1024 * 1024;

/** A certificate or key that a connection names. */
export const readPem = (file: string): Buffer => {
  try {
    return readBounded(file, largestPemBytes);
  } catch (error) {
    throw new CeleriacError('brokerTls', phrase('tls.noFile', { file }), { cause: error });
  }
};
