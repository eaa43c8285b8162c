import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CeleriacError } from '../api/errors.ts';
import { applicationId, migrate, pragma, schemaVersion, versionOf } from './schema.ts';
import { explain, isDamage, type Sqlite } from './sqlite.ts';

export interface OpenOptions {
  readonly path: string;
  /** How long to wait for another program that holds the file. */
  readonly busyMs: number;
  readonly now: () => number;
  readonly notice: (sentence: string) => void;
}

/**
 * Opens the history, or makes it. A damaged file is set aside, not deleted, and a new one takes its place. A file that is
 * sound but none of ours, or one of a newer version, is left alone: `unsupported`.
 */
export const openDatabase = (sqlite: Sqlite, options: OpenOptions): DatabaseSync => {
  makeFile(options.path);
  try {
    return openSound(sqlite, options);
  } catch (error) {
    if (!isDamage(error)) throw explain(error, options.path);
  }
  try {
    setAside(options);
    return openSound(sqlite, options);
  } catch (error) {
    throw explain(error, options.path);
  }
};

/**
 * After a damage was met at work: the file is looked through, for it may be that another window has replaced it already.
 * A damaged one is set aside.
 */
export const reopenDamaged = (sqlite: Sqlite, options: OpenOptions): DatabaseSync => {
  const database = openDatabase(sqlite, options);
  if (isWhole(database)) return database;
  database.close();
  setAside(options);
  return openDatabase(sqlite, options);
};

/** Task arguments are nobody else's business. SQLite gives the files beside it the same rights. */
const makeFile = (path: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CeleriacError('unsupported', `The history ${path} cannot be written: ${why}.`, { cause: error });
  }
};

const openSound = (sqlite: Sqlite, { path, busyMs }: OpenOptions): DatabaseSync => {
  const database = new sqlite.DatabaseSync(path, { timeout: busyMs });
  try {
    refuseOthers(database, path);
    // With a write-ahead log readers and one writer go side by side, and a crash of ours loses nothing that was committed.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000',
    );
    database.exec('PRAGMA journal_size_limit = 67108864');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const refuseOthers = (database: DatabaseSync, path: string): void => {
  const version = versionOf(database);
  const isOurs = pragma(database, 'application_id') === applicationId;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isOurs && !isEmpty) {
    throw new CeleriacError('unsupported', `${path} is a database, but not a history of Celeriac.`);
  }
  if (version > schemaVersion) {
    throw new CeleriacError(
      'unsupported',
      `The history ${path} was written by a newer version of Celeriac (format ${version}, this one knows ${schemaVersion}). Update Celeriac to use it.`,
    );
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

const setAside = ({ path, now, notice }: OpenOptions): void => {
  const time = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let name = `${path}.corrupt-${time}`;
  for (let again = 2; existsSync(name); again++) name = `${path}.corrupt-${time}-${again}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, name + suffix);
  }
  makeFile(path);
  notice(`The history ${path} was damaged. It was set aside as ${name}, and a new one was begun.`);
};
