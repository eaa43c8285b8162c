import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { pickOne } from './pickOne.ts';

/** One worker that has not said goodbye; the only one is no choice. */
export const chooseWorker = async (cluster: ClusterSnapshot, title: string): Promise<string> => {
  const workers = Object.values(cluster.workers).filter(({ status }) => status !== 'offline');
  const [first, ...others] = workers;
  if (!first) throw new CeleriacError('notFound', t('No workers of {0} are online.', cluster.name));
  if (others.length === 0) return first.hostname;
  const items = workers
    .toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true }))
    .map(({ hostname, pid }) => ({ label: hostname, description: pid === null ? '' : t('process {0}', pid) }));
  return (await pickOne(items, { title, placeHolder: t('Select a worker') })).label;
};
