import { access, constants, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError, type ErrorCode, messageOf } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import { askReadOnly, type ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { NotReadable } from '../files/notReadable.ts';
import { explainFileError } from './filePath.ts';

const lockedForMs = 5_000;
const lookAgainMs = 5;

/** SQLite's result codes (sqlite3.h), the low byte of the extended ones. */
const codes = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, cannotOpen: 14, notADatabase: 26 } as const;

/**
 * Asks a database file read-only. It is opened for each question: the answer takes well under a millisecond, a file that
 * was replaced counts, and nobody who writes is ever kept waiting. While somebody else holds it, it is asked again.
 */
export const askSqlite = async <T>(
  path: string,
  signal: AbortSignal,
  ask: (database: ReadOnlyDatabase) => T,
): Promise<T> => {
  const sqlite = await loadSqlite();
  const giveUpAt = performance.now() + lockedForMs;
  for (;;) {
    try {
      return askReadOnly(sqlite, path, ask);
    } catch (error) {
      const code = codeOf(error);
      const isHeld = code === codes.busy || code === codes.locked;
      if (!isHeld || performance.now() > giveUpAt) throw await explain(error, code, path);
    }
    await delay(lookAgainMs, undefined, { signal });
  }
};

/** Not every Node has it: older ones lack it, and who builds Node may leave it out. */
const loadSqlite = async (): Promise<typeof import('node:sqlite')> => {
  try {
    return await import('node:sqlite');
  } catch (error) {
    throw new CeleriacError('unsupported', phrase('result.noSqlite'), { cause: error });
  }
};

/** A path that leads to something else than a file, or to none at all. */
const explainRefused = (error: NotReadable, path: string): unknown => {
  if (error.reason === 'it is a folder')
    return new CeleriacError('brokerMissing', phrase('result.notADatabase', { path }));
  const explained = explainFileError(error, path);
  if (explained !== error) return explained;
  return new CeleriacError('brokerMissing', phrase('result.sqlite', { path, reason: error.reason }), {
    cause: error,
  });
};

const codeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;

const explain = async (error: unknown, code: number | null, path: string): Promise<unknown> => {
  if (error instanceof NotReadable) return explainRefused(error, path);
  if (code === null) return error;
  const failed = (kind: ErrorCode, what: Phrase): CeleriacError => new CeleriacError(kind, what, { cause: error });
  if (code === codes.busy || code === codes.locked) {
    return failed('brokerUnreachable', phrase('result.locked', { path, locked: lockedForMs / 1000 }));
  }
  const closed = code === codes.cannotOpen || code === codes.ioError ? await explainClosed(path) : null;
  if (closed !== null) return closed;
  if (code === codes.notADatabase) return failed('brokerProtocol', phrase('result.notSqlite', { path }));
  if (code === codes.corrupt) return failed('brokerProtocol', phrase('result.damaged', { path }));
  if (code === codes.readOnly) {
    return failed('brokerPermission', phrase('result.unfinished', { path }));
  }
  return failed('brokerProtocol', phrase('result.sqlite', { path, reason: messageOf(error) }));
};

const explainClosed = async (path: string): Promise<unknown> => {
  try {
    if ((await stat(path)).isDirectory()) {
      return new CeleriacError('brokerMissing', phrase('result.notADatabase', { path }));
    }
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    return explainFileError(error, path);
  }
};
