import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ConnectionConfig } from '../../api/model.ts';
import { maskSecrets } from '../../celery/maskSecrets.ts';
import type { History } from '../../history/history.ts';

/** Opens the history of one cluster in a folder that several may share. */
export const serveHistory = async (
  connection: ConnectionConfig,
  folder: string,
  log: (sentence: string) => void,
): Promise<History> => {
  const { openHistory } = await import('../../history/openHistory.ts');
  return openHistory({
    folder,
    connectionId: historyIdOf(connection),
    workerFile: join(__dirname, 'historyWorker.js'),
    log,
    now: Date.now,
  });
};

/** The same for the same cluster, whatever its password is today: what leads to it, without the secrets. */
export const historyIdOf = ({
  name,
  transportOptions,
}: Pick<ConnectionConfig, 'name' | 'transportOptions'>): string => {
  const entries = Object.entries(transportOptions).sort(([a], [b]) => (a < b ? -1 : 1));
  const others = entries.length === 0 ? '' : hashOf(JSON.stringify(maskSecrets(Object.fromEntries(entries))));
  return [name, others].filter(Boolean).join('-');
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
