import { closeSync, readSync, statSync } from 'node:fs';
import { openRegular } from '../files/openRegular.ts';
import { headerBytes, readSqliteHeader, type SqliteHeader } from './sqliteHeader.ts';

/** A database file as it lies there, looked at without SQLite, which would make files beside it. */
export interface DatabaseFile {
  readonly size: number;
  /** Null: it is no database of SQLite. */
  readonly header: SqliteHeader | null;
  /** Whether changes wait in a log beside it. */
  readonly hasLog: boolean;
  /** Whether the index of that log is there, which programs that use the database share. */
  readonly hasLogIndex: boolean;
  /** Differs once somebody has written. */
  readonly stamp: string;
}

/** Fails with `NotReadable`. */
export const inspectDatabase = (path: string): DatabaseFile => {
  const { descriptor, size } = openRegular(path);
  try {
    const bytes = Buffer.alloc(headerBytes);
    const count = readSync(descriptor, bytes, 0, headerBytes, 0);
    const [file, log, index] = ['', '-wal', '-shm'].map((suffix) => statSync(path + suffix, { throwIfNoEntry: false }));
    return {
      size,
      header: readSqliteHeader(bytes.subarray(0, count)),
      hasLog: log !== undefined && log.size > 0,
      hasLogIndex: index !== undefined,
      stamp: [file, log].map((found) => (found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '-')).join(' '),
    };
  } finally {
    closeSync(descriptor);
  }
};
