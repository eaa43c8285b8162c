import { access, constants, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError, messageOf } from '../api/errors.ts';
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
    throw new CeleriacError(
      'unsupported',
      'Results in an SQLite file cannot be read here: this Node.js has no SQLite. Use Node.js 22.13 or newer, or a newer editor.',
      { cause: error },
    );
  }
};

/** A path that leads to something else than a file, or to none at all. */
const explainRefused = (error: NotReadable, path: string): unknown => {
  if (error.reason === 'it is a folder')
    return new CeleriacError(
      'brokerMissing',
      `The result backend cannot be read: ${path} is a folder, not a database.`,
    );
  const explained = explainFileError(error, path);
  if (explained !== error) return explained;
  return new CeleriacError('brokerMissing', `The result backend ${path} cannot be read: ${error.reason}.`, {
    cause: error,
  });
};

const codeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;

const explain = async (error: unknown, code: number | null, path: string): Promise<unknown> => {
  if (error instanceof NotReadable) return explainRefused(error, path);
  if (code === null) return error;
  const failed = (kind: ConstructorParameters<typeof CeleriacError>[0], why: string): CeleriacError =>
    new CeleriacError(kind, `The result backend cannot be read: ${why}`, { cause: error });
  if (code === codes.busy || code === codes.locked) {
    return failed('brokerUnreachable', `another program has kept ${path} locked for ${lockedForMs / 1000} s.`);
  }
  const closed = code === codes.cannotOpen || code === codes.ioError ? await explainClosed(path) : null;
  if (closed !== null) return closed;
  if (code === codes.notADatabase) return failed('brokerProtocol', `${path} is no SQLite database.`);
  if (code === codes.corrupt) return failed('brokerProtocol', `${path} is damaged.`);
  if (code === codes.readOnly) {
    return failed(
      'brokerPermission',
      `a program that wrote to ${path} has ended halfway, and only one that may write can put that right. Start a worker, or open it with sqlite3.`,
    );
  }
  return failed('brokerProtocol', `SQLite says of ${path}: ${messageOf(error)}.`);
};

const explainClosed = async (path: string): Promise<unknown> => {
  try {
    if ((await stat(path)).isDirectory()) {
      return new CeleriacError(
        'brokerMissing',
        `The result backend cannot be read: ${path} is a folder, not a database.`,
      );
    }
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    return explainFileError(error, path);
  }
};
