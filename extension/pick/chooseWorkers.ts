import { t } from '@vscode/l10n';
import type { ClusterSnapshot, WorkerStatus } from '../../server/api/model.ts';
import { showPickMany } from '../shown/showPick.ts';
import { orCancelled } from './orCancelled.ts';

/** Some workers by name (null: every worker), of those in `among` or of all. One worker is no choice. */
export const chooseWorkers = async (
  cluster: ClusterSnapshot,
  title: string,
  among: readonly string[] | null = null,
): Promise<readonly string[] | null> => {
  const workers = Object.values(cluster.workers).filter(
    ({ hostname, status }) => status !== 'offline' && (among?.includes(hostname) ?? true),
  );
  if (workers.length < 2) return among;
  const items = workers
    .toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }))
    .map(({ hostname, status }) => ({ label: hostname, description: statusWords(status), picked: true }));
  const options = { title, placeHolder: t('Select workers'), ignoreFocusOut: true } as const;
  const answer = await showPickMany(items, options);
  const picked = orCancelled(answer?.length === 0 ? undefined : answer);
  return picked.length === items.length ? among : picked.map(({ label }) => label);
};

const statusWords = (status: WorkerStatus): string => {
  switch (status) {
    case 'online':
      return '';
    case 'late':
      return t('heartbeat late');
    case 'lost':
      return t('lost');
    case 'offline':
      return t('offline');
    default:
      return status satisfies never;
  }
};
