import { t } from '@vscode/l10n';
import type { ClusterSnapshot, WorkerStatus } from '../../server/api/model.ts';
import { showPickMany } from '../shown/showPick.ts';
import { orLeft } from './orLeft.ts';

/** Some workers by name, or, with null, whoever is there. One worker is no choice. */
export const chooseWorkers = async (cluster: ClusterSnapshot, title: string): Promise<readonly string[] | null> => {
  const workers = Object.values(cluster.workers).filter(({ status }) => status !== 'offline');
  if (workers.length < 2) return null;
  const items = workers
    .toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }))
    .map(({ hostname, status }) => ({ label: hostname, description: statusWords(status), picked: true }));
  const options = {
    title,
    placeHolder: t('Which workers? Enter takes those that are ticked.'),
    ignoreFocusOut: true,
  } as const;
  const answer = await showPickMany(items, options);
  const picked = orLeft(answer?.length === 0 ? undefined : answer);
  return picked.length === items.length ? null : picked.map(({ label }) => label);
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
