import { isAbsolute, resolve } from 'node:path';
import { CeleriacError } from '../api/errors.ts';

/** A path of the result backend; a relative one starts where the worker was started, which only the caller can know. */
export const resolvePath = (path: string, folder: string | undefined): string => {
  const onWindows = /^\/[A-Za-z]:[\\/]/.test(path) ? path.slice(1) : path;
  if (isAbsolute(onWindows)) return onWindows;
  if (folder !== undefined) return resolve(folder, onWindows);
  throw new CeleriacError(
    'badRequest',
    `The result backend's path "${path}" starts at the folder in which the worker was started, which is not known here. Write it from the root.`,
  );
};

/** What a file system refused, in a sentence. */
export const explainFileError = (error: unknown, path: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CeleriacError(
      'brokerMissing',
      `The result backend cannot be read: there is no ${path}. Correct the path in the result backend URL.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new CeleriacError(
      'brokerPermission',
      `The result backend cannot be read: this user may not read ${path}. Give it read permission.`,
      { cause: error },
    );
  }
  return error;
};
