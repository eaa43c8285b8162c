import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { NotReadable } from './notReadable.ts';

export interface OpenedFile {
  readonly descriptor: number;
  /** 0 for a pipe, whose length nobody knows before its end. */
  readonly size: number;
}

/** What a shell puts in place of a file: the other end is open already, so reading it ends. */
const shellPipe = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/**
 * Opens a path that a user, a setting or another program has named. Without O_NONBLOCK a named pipe would keep us until
 * somebody writes to it, and a device may have no end: both are refused, and so is a folder.
 */
export const openRegular = (path: string): OpenedFile => {
  const isShellPipe = shellPipe.test(path);
  const descriptor = openForReading(path, isShellPipe ? 0 : (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(descriptor);
    const why = whyNotRegular(found);
    if (why === null) return { descriptor, size: found.size };
    if (isShellPipe && found.isFIFO()) return { descriptor, size: 0 };
    throw new NotReadable(why);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
};

const openForReading = (path: string, flags: number): number => {
  try {
    return openSync(path, constants.O_RDONLY | flags);
  } catch (error) {
    throw NotReadable.from(error);
  }
};

/** Null: it is a regular file. */
export const whyNotRegular = (found: Pick<Stats, 'isFile' | 'isDirectory' | 'isFIFO'>): string | null => {
  if (found.isFile()) return null;
  if (found.isDirectory()) return 'it is a folder';
  return found.isFIFO() ? 'it is a named pipe' : 'it is not a regular file';
};
