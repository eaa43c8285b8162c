import { randomUUID } from 'node:crypto';
import { closeSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/**
 * Writes a file piece by piece beside its place and puts it there when it is whole: what is cancelled or fails leaves what
 * was there before. `replaceFile` does so for a text that fits into memory.
 */
export const fillFile = async <T>(path: string, fill: (write: (text: string) => void) => Promise<T>): Promise<T> => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const descriptor = openSync(beside, 'wx', 0o666);
    try {
      const result = await fill((text) => {
        writeSync(descriptor, text);
      });
      renameSync(beside, path);
      return result;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};
