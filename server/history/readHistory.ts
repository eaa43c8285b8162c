import { existsSync } from 'node:fs';
import { CeleriacError } from '../api/errors.ts';
import { HistoryFile } from './historyFile.ts';
import { usualRetention } from './retention.ts';
import { loadSqlite, withoutSqlite } from './sqlite.ts';

/** Opens a file that a backend has written, to read it on this thread; the backend may be writing meanwhile. */
export const readHistory = async (path: string, notice: (sentence: string) => void): Promise<HistoryFile> => {
  if (!existsSync(path)) throw new CeleriacError('notFound', `There is no file "${path}".`);
  const sqlite = await loadSqlite();
  if (!sqlite) throw new CeleriacError('unsupported', withoutSqlite);
  const file = new HistoryFile(sqlite, { path, busyMs: 2_000, retention: usualRetention, now: Date.now, notice });
  file.open();
  return file;
};
