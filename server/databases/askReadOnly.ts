import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { inspectDatabase } from './inspectDatabase.ts';
import { withPrivateCopy } from './privateCopy.ts';

/** A database that answers and cannot be changed; SQLite refuses whatever a statement may try. */
export type ReadOnlyDatabase = Pick<DatabaseSync, 'prepare' | 'function'>;

type Sqlite = typeof import('node:sqlite');

const mostTries = 5;

/**
 * Asks a database without leaving a trace: no file beside it is made, changed or removed, and the folder may be read-only.
 * A reader of SQLite's own makes the log and its index where they are missing, and leaves them.
 */
export const askReadOnly = <T>(sqlite: Sqlite, path: string, ask: (database: ReadOnlyDatabase) => T): T => {
  for (let tries = 1; ; tries++) {
    const file = inspectDatabase(path);
    // Without a log SQLite's locks keep writers away; with one, its index does.
    if (!file.header?.usesWal) return askAt(sqlite, path, ask);
    if (file.hasLog && file.hasLogIndex) return askBesideWriter(sqlite, path, ask);
    if (file.hasLog) return withPrivateCopy(path, file.size, (copy) => askAt(sqlite, copy, ask));
    const answer = attempt(() => askUnchanging(sqlite, path, ask));
    // Nobody had it open; if somebody has begun to write meanwhile, what was read may be of two minds.
    if (tries === mostTries || inspectDatabase(path).stamp === file.stamp) return answer();
  }
};

/** What `work` returns or throws, for later. */
const attempt = <T>(work: () => T): (() => T) => {
  try {
    const value = work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
};

const askAt = <T>(sqlite: Sqlite, location: string, ask: (database: ReadOnlyDatabase) => T): T => {
  const database = new sqlite.DatabaseSync(location, { readOnly: true });
  try {
    return ask(database);
  } finally {
    database.close();
  }
};

const askUnchanging = <T>(sqlite: Sqlite, path: string, ask: (database: ReadOnlyDatabase) => T): T =>
  knowsUris(sqlite)
    ? askAt(sqlite, uriOf(path, 'immutable=1'), ask)
    : withPrivateCopy(path, inspectDatabase(path).size, (copy) => askAt(sqlite, copy, ask));

/** The index may belong to a program that was killed: SQLite would restore it on disk, and with `readonly_shm` does so in memory. */
const askBesideWriter = <T>(sqlite: Sqlite, path: string, ask: (database: ReadOnlyDatabase) => T): T => {
  if (!knowsUris(sqlite)) return askAt(sqlite, path, ask);
  const answer = attempt(() => askAt(sqlite, uriOf(path, 'readonly_shm=1'), ask));
  try {
    return answer();
  } catch (error) {
    // A living writer has not marked where a reader may begin, and only one that shares its index may do so itself.
    if (isReadOnlyCannotLock(error)) return askAt(sqlite, path, ask);
    throw error;
  }
};

/** sqlite3.h: SQLITE_READONLY and those extended from it. */
const readOnly = 8;

const isReadOnlyCannotLock = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === readOnly;

const uriOf = (path: string, parameter: string): string => `${pathToFileURL(path).href}?${parameter}`;

/** Node.js before 22.15 takes a URI for the name of a file. */
const knowsUris = (sqlite: Sqlite): boolean => {
  try {
    new sqlite.DatabaseSync('file:celeriac?mode=memory', { readOnly: true }).close();
    return true;
  } catch {
    return false;
  }
};
