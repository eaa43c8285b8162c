import { basename, dirname } from 'node:path';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { GroupResult, TaskResult } from '../api/results.ts';
import type { GroupMembers } from '../celery/groupMessage.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { noCeleryChords, readCeleryGroup, readCeleryTask } from './celeryTables.ts';
import { readDjangoChord, readDjangoGroup, readDjangoTask } from './djangoTables.ts';
import { resolvePath } from './filePath.ts';
import { countStatuses, groupOf, savedGroup } from './groupProgress.ts';
import type { ResultStore } from './resultStore.ts';
import { askSqlite } from './sqliteFile.ts';
import { findTables, type ResultTables, type TableFamily } from './sqliteTables.ts';
import { watchFolder } from './watchFolder.ts';

export interface SqliteResultsOptions {
  readonly url: string;
  readonly folder?: string;
}

/** Results in an SQLite file: Celery's own tables, or those of django-celery-results. */
export const createSqliteResults = ({ url, folder }: SqliteResultsOptions): ResultStore => {
  const { path, family } = readSqliteUrl(url, folder);
  const ask = <T>(signal: AbortSignal, question: (database: ReadOnlyDatabase, tables: ResultTables) => T): Promise<T> =>
    askSqlite(path, signal, (database) => question(database, tablesIn(database, path, family)));
  return {
    name: `the database ${path}`,
    recheckMs: 1_000,
    read: (taskId, signal) => ask(signal, (database, tables) => readTask(database, tables, taskId)),
    // A commit changes the file itself or, until it is carried over, the journal beside it.
    watch: async (_, watcher) => watchFolder(dirname(path), (name) => name.startsWith(basename(path)), watcher),
    group: async (groupId, signal) => {
      const members = await ask(signal, (database, tables) => readGroup(database, tables, groupId));
      if (members === null) return null;
      if ('sentence' in members) return groupOf(groupId, { sentence: members.sentence });
      const readStatuses = (taskIds: readonly string[]): Promise<readonly string[]> =>
        ask(signal, (database, tables) => taskIds.map((taskId) => readTask(database, tables, taskId).status));
      return savedGroup(groupId, members.taskIds, readStatuses);
    },
    chord: (groupId, signal) => ask(signal, (database, tables) => readChord(database, tables, groupId)),
    close: async () => undefined,
  };
};

const readTask = (database: ReadOnlyDatabase, tables: ResultTables, taskId: string): TaskResult =>
  tables.family === 'celery' ? readCeleryTask(database, tables, taskId) : readDjangoTask(database, tables, taskId);

const readGroup = (database: ReadOnlyDatabase, tables: ResultTables, groupId: string): GroupMembers | null =>
  tables.family === 'celery' ? readCeleryGroup(database, tables, groupId) : readDjangoGroup(database, tables, groupId);

const readChord = (database: ReadOnlyDatabase, tables: ResultTables, groupId: string): GroupResult | null => {
  if (tables.family === 'celery') throw new CeleriacError('unsupported', noCeleryChords);
  const chord = readDjangoChord(database, tables, groupId);
  if (!chord) return null;
  const statuses = chord.taskIds.map((taskId) => readDjangoTask(database, tables, taskId).status);
  return { ...chord, byStatus: countStatuses(statuses) };
};

const tablesIn = (database: ReadOnlyDatabase, path: string, family: TableFamily | null): ResultTables => {
  const tables = findTables(database, family);
  if (tables) return tables;
  const names = { celery: 'celery_taskmeta', django: 'django_celery_results_taskresult' };
  const missing = family ? names[family] : `${names.celery} or ${names.django}`;
  throw new CeleriacError('brokerMissing', phrase('result.noTable', { path, table: missing }));
};

const sqliteUrl = /^(?:(?<prefix>db|database|django-db)\+)?sqlite(?:\+\w+)?:\/\/(?<host>[^/?]*)(?:\/(?<path>[^?]*))?/;

/** SQLAlchemy's way of writing it: sqlite:///relative/file and sqlite:////file/from/the/root. */
const readSqliteUrl = (url: string, folder: string | undefined): { path: string; family: TableFamily | null } => {
  const { prefix, host, path } = sqliteUrl.exec(url)?.groups ?? {};
  if (host) {
    throw new CeleriacError('badRequest', phrase('result.sqliteHost', { url }));
  }
  if (!path || path === ':memory:') {
    throw new CeleriacError('unsupported', phrase('result.sqliteMemory'));
  }
  const family = prefix === 'django-db' ? 'django' : prefix === undefined ? null : 'celery';
  return { path: resolvePath(path, folder), family };
};
