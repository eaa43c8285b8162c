import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { applicationId, pragma, schemaVersion, versionOf } from './historyFormat.ts';

/** `mayBeEmpty`: a new file, which is about to become a history. */
export const refuseOthers = (database: ReadOnlyDatabase, path: string, mayBeEmpty = false): void => {
  const isOurs = pragma(database, 'application_id') === applicationId;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isOurs && !(isEmpty && mayBeEmpty)) {
    throw new CeleriacError('unsupported', phrase('history.otherDatabase', { file: path }));
  }
  const version = versionOf(database);
  if (version > schemaVersion) {
    throw new CeleriacError(
      'unsupported',
      phrase('history.newer', { file: path, format: String(version), supported: String(schemaVersion) }),
    );
  }
};
