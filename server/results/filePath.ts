import { isAbsolute, resolve } from 'node:path';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** A path of the result backend; a relative one starts where the worker was started, which only the caller can know. */
export const resolvePath = (path: string, folder: string | undefined): string => {
  const onWindows = /^\/[A-Za-z]:[\\/]/.test(path) ? path.slice(1) : path;
  if (isAbsolute(onWindows)) return onWindows;
  if (folder !== undefined) return resolve(folder, onWindows);
  throw new CeleriacError('badRequest', phrase('result.relativePath', { path }));
};

/** What a file system refused, in a sentence. */
export const explainFileError = (error: unknown, path: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CeleriacError('brokerMissing', phrase('result.noPath', { path }), { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new CeleriacError('brokerPermission', phrase('result.noRight', { path }), { cause: error });
  }
  return error;
};
