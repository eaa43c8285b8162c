import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a whole file in its place, or leaves the place as it was: a full disk or an interruption leaves no half of a file,
 * and a symbolic link is replaced, not followed. A file's
 * rights stay as they were.
 */
export const replaceFile = (path: string, text: string): void => {
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (before?.isDirectory()) throw new Error('it is a folder');
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(beside, 'wx', 0o666);
    try {
      writeSync(descriptor, text);
      if (before?.isFile()) fchmodSync(descriptor, before.mode & 0o777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};
