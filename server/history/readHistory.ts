import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { askReadOnly } from '../databases/askReadOnly.ts';
import { type DatabaseFile, inspectDatabase } from '../databases/inspectDatabase.ts';
import { NotReadable } from '../files/notReadable.ts';
import { applicationId } from './historyFormat.ts';
import { HistoryReader } from './historyReader.ts';
import { refuseOthers } from './refuseOthers.ts';
import { explain, isDamage, loadSqlite, withoutSqlite } from './sqlite.ts';

/**
 * Reads a file that a backend has recorded, on this thread; the backend may be writing meanwhile. Whatever the file is,
 * neither it nor anything beside it is changed.
 */
export const readHistory = async <T>(path: string, ask: (reader: HistoryReader) => T): Promise<T> => {
  const sqlite = await loadSqlite();
  if (!sqlite) throw new CeleriacError('unsupported', withoutSqlite);
  try {
    refuseByHeader(inspectDatabase(path), path);
    return askReadOnly(sqlite, path, (database) => {
      refuseOthers(database, path);
      return ask(new HistoryReader(database));
    });
  } catch (error) {
    throw explainReading(error, path);
  }
};

/** A new file may have all that makes it ours in the log beside it: then only SQLite can tell. */
const refuseByHeader = ({ size, header, hasLog }: DatabaseFile, path: string): void => {
  if (size === 0) throw new CeleriacError('unsupported', phrase('history.empty', { file: path }));
  if (header === null) throw new CeleriacError('unsupported', phrase('history.notSqlite', { file: path }));
  if (header.applicationId !== applicationId && !(header.applicationId === 0 && hasLog))
    throw new CeleriacError('unsupported', phrase('history.otherDatabase', { file: path }));
};

const explainReading = (error: unknown, path: string): unknown => {
  if (error instanceof NotReadable) {
    if (error.code === 'ENOENT')
      return new CeleriacError('notFound', phrase('history.noFile', { file: path }), { cause: error });
    return new CeleriacError('unsupported', phrase('history.notReadable', { file: path, reason: error.reason }), {
      cause: error,
    });
  }
  if (isDamage(error))
    return new CeleriacError('unsupported', phrase('history.damaged', { file: path }), { cause: error });
  return explain(error, path);
};
