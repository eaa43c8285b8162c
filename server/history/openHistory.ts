import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CeleriacError, messageOf } from '../api/errors.ts';
import { defaultRedactPatterns } from '../api/redaction.ts';
import { FileHistory } from './fileHistory.ts';
import type { History } from './history.ts';
import type { HistoryChannel } from './historyChannel.ts';
import { HistoryFile } from './historyFile.ts';
import { openLocalChannel } from './localChannel.ts';
import { MemoryHistory } from './memoryHistory.ts';
import { Notices } from './notices.ts';
import { type Retention, usualRetention } from './retention.ts';
import { loadSqlite, mayHaveSqlite, type Sqlite, withoutSqlite } from './sqlite.ts';
import { WorkerChannel } from './workerChannel.ts';

const usualBusyMs = 5_000;

export interface HistoryOptions {
  /** Where the files of all connections lie; it is made when it is not there. */
  readonly folder: string;
  readonly connectionId: string;
  /** historyWorker.ts, or what it was bundled to; null: on this thread, which then waits for the disk. */
  readonly workerFile: string | null;
  readonly log: (sentence: string) => void;
  readonly now: () => number;
  readonly retention?: Partial<Retention>;
  /** Names whose values are not shown, and so not searched; left out: the usual ones. */
  readonly redactPatterns?: readonly string[];
  /** How long to wait for another program that has locked the file. */
  readonly busyMs?: number;
  /** In place of this Node.js's own, where the file lives on this thread. */
  readonly sqlite?: () => Promise<Sqlite | null>;
}

/**
 * Opens the history of one connection. It never fails: what keeps it from being written to disk is a notice, and then it
 * lives in memory. A file that is locked at the moment is opened later, when it is free.
 */
export const openHistory = async (options: HistoryOptions): Promise<History> => {
  const { now } = options;
  let path = historyPath(options.folder, options.connectionId);
  const notices = new Notices(options.log, now);
  const opened = (where: string): void => {
    path = where;
  };
  const channel = await openChannel(path, notices, opened, options);
  try {
    await channel?.call('open');
  } catch (error) {
    notices.add(messageOf(error));
    if (!(error instanceof CeleriacError && error.code === 'timeout')) {
      await channel?.close();
      notices.add('The history is kept in memory and lost when the backend exits.');
      return new MemoryHistory(notices, now);
    }
  }
  if (channel) return new FileHistory({ path: () => path, channel, notices, now });
  notices.add(withoutSqlite);
  return new MemoryHistory(notices, now);
};

/** Null where there is no SQLite. */
const openChannel = async (
  path: string,
  notices: Notices,
  opened: (path: string) => void,
  options: HistoryOptions,
): Promise<HistoryChannel | null> => {
  const { workerFile, now } = options;
  const shared = {
    path,
    busyMs: options.busyMs ?? usualBusyMs,
    retention: { ...usualRetention, ...options.retention },
    redactPatterns: options.redactPatterns ?? defaultRedactPatterns,
    notice: (sentence: string) => notices.add(sentence),
    opened,
  };
  if (workerFile !== null) return mayHaveSqlite() ? new WorkerChannel({ ...shared, workerFile }) : null;
  const sqlite = await (options.sqlite ?? loadSqlite)();
  return sqlite && openLocalChannel(new HistoryFile(sqlite, { ...shared, now }));
};

/** A name that a file may have, and a hash so that no two connections share one. */
export const historyPath = (folder: string, connectionId: string): string => {
  const readable = connectionId.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
  const hash = createHash('sha256').update(connectionId).digest('hex').slice(0, 10);
  return join(folder, `${readable}-${hash}.history.sqlite`);
};
