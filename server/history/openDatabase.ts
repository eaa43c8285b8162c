import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CeleriacError, messageOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { inspectDatabase } from '../databases/inspectDatabase.ts';
import { currentPath, setAside } from './generations.ts';
import { refuseOthers } from './refuseOthers.ts';
import { migrate } from './schema.ts';
import { explain, isDamage, type Sqlite } from './sqlite.ts';

export interface OpenOptions {
  readonly path: string;
  /** How long to wait for another program that holds the file. */
  readonly busyMs: number;
  readonly now: () => number;
  readonly notice: (sentence: string) => void;
}

export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** Where it lies: beside `OpenOptions.path` when that was damaged once. */
  readonly path: string;
}

/**
 * Opens the history, or makes it. A damaged file is set aside, not deleted, and a new one takes its place. A file that is
 * sound but none of ours, or one of a newer version, is left alone: `unsupported`.
 */
export const openDatabase = (sqlite: Sqlite, options: OpenOptions): OpenDatabase => {
  const path = makeFile(options.path);
  if (isForeign(path)) return replace(sqlite, path, options);
  try {
    return openSound(sqlite, path, options);
  } catch (error) {
    if (!isDamage(error)) throw explain(error, path);
  }
  return replace(sqlite, path, options);
};

/** SQLite takes a file of a few bytes for a new one and writes over it. */
const isForeign = (path: string): boolean => {
  try {
    const { size, header } = inspectDatabase(path);
    return size > 0 && header === null;
  } catch {
    // Opening it says why it cannot be read.
    return false;
  }
};

/**
 * After a damage was met at work: the file is looked through, for it may be that another window has replaced it already.
 * A damaged one is set aside.
 */
export const reopenDamaged = (sqlite: Sqlite, options: OpenOptions): OpenDatabase => {
  const opened = openDatabase(sqlite, options);
  if (isWhole(opened.database)) return opened;
  opened.database.close();
  return replace(sqlite, opened.path, options);
};

const replace = (sqlite: Sqlite, damaged: string, options: OpenOptions): OpenDatabase => {
  try {
    const name = setAside(damaged, options.now());
    const path = makeFile(options.path);
    options.notice(`The history ${damaged} was damaged. It was set aside as ${name}; ${path} is a new one.`);
    return openSound(sqlite, path, options);
  } catch (error) {
    throw explain(error, damaged);
  }
};

/** Task arguments are nobody else's business. SQLite gives the files beside it the same rights. */
const makeFile = (wanted: string): string => {
  try {
    mkdirSync(dirname(wanted), { recursive: true, mode: 0o700 });
    const path = currentPath(wanted);
    closeSync(openSync(path, 'a', 0o600));
    return path;
  } catch (error) {
    const why = messageOf(error);
    throw new CeleriacError('unsupported', phrase('history.notWritable', { file: wanted, reason: why }), {
      cause: error,
    });
  }
};

const openSound = (sqlite: Sqlite, path: string, { busyMs }: OpenOptions): OpenDatabase => {
  const database = new sqlite.DatabaseSync(path, { timeout: busyMs });
  try {
    refuseOthers(database, path, true);
    // With a write-ahead log readers and one writer go side by side, and a crash of ours loses nothing that was committed.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864');
    // A page that changes often is carried over to the file less often.
    database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16384');
    migrate(database);
    return { database, path };
  } catch (error) {
    database.close();
    throw error;
  }
};

const isWhole = (database: DatabaseSync): boolean => {
  try {
    return Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0] === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
};
