import { isBuiltin } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import { CeleriacError, messageOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

export type Sqlite = typeof import('node:sqlite');

/** Whether it can be tried: without loading it, over which Node.js 22 would print a warning. */
export const mayHaveSqlite = (): boolean => isBuiltin('node:sqlite');

/** Null where this Node.js (or this editor's) was made without it. */
export const loadSqlite = async (): Promise<Sqlite | null> => {
  try {
    return await import('node:sqlite');
  } catch {
    return null;
  }
};

export const withoutSqlite =
  'This Node.js has no SQLite, so the history is kept in memory and lost when the backend exits. Use Node.js 22.13 or newer, or a newer editor.';

/** SQLite's result codes (sqlite3.h), the low byte of the extended ones. */
const codes = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

/** What is wrong with the values of one row, and not with the file. */
const rowCodes: readonly number[] = [18 /* too big */, 19 /* constraint */, 20 /* mismatch */, 25 /* range */];

const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;

/** The row is at fault: others can be written. */
export const isOfRow = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === null || rowCodes.includes(code);
};

/** The file itself is broken, not just out of reach. */
export const isDamage = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === codes.corrupt || code === codes.notADatabase;
};

/** Says what SQLite's error means for the history at `path`; `timeout` is what may be well when it is tried again. */
export const explain = (error: unknown, path: string): unknown => {
  const code = sqliteCode(error);
  const why = code === null ? undefined : reasons[code];
  if (code === null) return error;
  const detail = why ?? `SQLite says: ${messageOf(error)}`;
  return new CeleriacError('timeout', phrase('history.notUsable', { file: path, reason: detail }), { cause: error });
};

const reasons: Readonly<Record<number, string>> = {
  [codes.busy]: 'another program has locked it',
  [codes.locked]: 'another program has locked it',
  [codes.readOnly]: 'it is not writable',
  [codes.full]: 'the disk is full',
  [codes.ioError]: 'the disk reports an I/O error',
  [codes.cannotOpen]: 'it cannot be opened',
};

/** All of `work`, or nothing; at once in line for writing, so that it cannot find out half-way that another was first. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
};
