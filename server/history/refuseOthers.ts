import { CeleriacError } from '../api/errors.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { applicationId } from './applicationId.ts';
import { pragma, versionOf } from './pragma.ts';
import { schemaVersion } from './schemaVersion.ts';

/** `mayBeEmpty`: a new file, which is about to become a history. */
export const refuseOthers = (database: ReadOnlyDatabase, path: string, mayBeEmpty = false): void => {
  const isOurs = pragma(database, 'application_id') === applicationId;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isOurs && !(isEmpty && mayBeEmpty)) {
    throw new CeleriacError('unsupported', `${path} is a database, but not a history of Celeriac.`);
  }
  const version = versionOf(database);
  if (version > schemaVersion) {
    throw new CeleriacError(
      'unsupported',
      `The history ${path} was written by a newer version of Celeriac (format ${version}, this one knows ${schemaVersion}). Update Celeriac to use it.`,
    );
  }
};
