import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotReadable } from '../files/notReadable.ts';

const mostBytes = 512 * 1024 * 1024;

/** Lends a copy of a database, with the log beside it, in a folder that only this user may read. */
export const withPrivateCopy = <T>(path: string, size: number, use: (copy: string) => T): T => {
  if (size > mostBytes)
    throw new NotReadable(
      `a program was interrupted while writing it, and it is too large to restore in a copy (${Math.round(size / 1_048_576)} MB). Open it once with that program`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-read-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    copyLog(`${path}-wal`, `${copy}-wal`);
    return use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const copyLog = (from: string, to: string): void => {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    // It was carried over just now; then the file itself has everything.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
};
