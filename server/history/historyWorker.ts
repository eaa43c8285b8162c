import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../api/errors.ts';
import { HistoryFile } from './historyFile.ts';
import { loadSqlite, withoutSqlite } from './sqlite.ts';
import type { WorkerOptions, WorkerReply, WorkerRequest } from './workerMessages.ts';

/**
 * The entry point of the thread on which a history file lives, so that waiting for the disk stalls nobody. A defect of its
 * own, thrown or rejected, ends it: what was under way is rolled back, `WorkerChannel` fails what was asked, and starts
 * another thread for what is asked next.
 */
const serve = async (port: MessagePort, options: WorkerOptions): Promise<void> => {
  const sqlite = await loadSqlite();
  if (!sqlite) throw new Error(withoutSqlite);
  const send = (reply: WorkerReply): void => port.postMessage(reply);
  const notice = (sentence: string): void => send({ kind: 'notice', sentence });
  const opened = (path: string): void => send({ kind: 'opened', path });
  const file = new HistoryFile(sqlite, { ...options, now: Date.now, notice, opened });
  port.on('message', (request: WorkerRequest) => {
    if (request.kind === 'close') {
      file.close();
      port.close();
      return;
    }
    const { number, method, args } = request;
    try {
      send({ kind: 'answer', number, value: Reflect.apply(file[method], file, args) });
    } catch (error) {
      send({ kind: 'failure', number, error: toErrorData(error) });
    }
  });
};

if (parentPort) void serve(parentPort, workerData as WorkerOptions);
