import { createWriteStream, lstatSync, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';

/**
 * Writes a file piece by piece beside its place and puts it there when it is whole: an export that is cancelled or fails
 * leaves what was there before.
 */
export const replaceFile = async <T>(path: string, fill: (file: WriteStream) => Promise<T>): Promise<T> => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw new CeleriacError('badRequest', t('{0} is not a regular file. Select another name.', path));
  const beside = `${path}.${process.pid}.part`;
  const file = createWriteStream(beside, { encoding: 'utf8', flags: 'wx' });
  // Each write says so by itself; without a listener the process would end.
  file.on('error', () => undefined);
  try {
    const result = await fill(file);
    await finished(file.end());
    await rename(beside, path);
    return result;
  } catch (error) {
    await finished(file.destroy()).catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
};
