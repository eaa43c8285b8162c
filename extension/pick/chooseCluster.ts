import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { Parts } from '../parts.ts';
import { pickOne } from './pickOne.ts';

/** Called from the palette of a new window, a command may come before the first connection is live. */
const linkWithinMs = 3_000;

export type ClusterParts = Pick<Parts, 'connections' | 'mirror' | 'active'>;

/** The cluster of the row; without a row the only live one, or the one that is picked. */
export const chooseCluster = async (
  clusterId: string | null,
  { connections, mirror, active }: ClusterParts,
  title: string,
): Promise<ClusterSnapshot> => {
  await connections.firstOpened;
  if (clusterId !== null) return clusterOf(clusterId, mirror);
  await mirror.settled(linkWithinMs);
  const live = [...mirror.snapshots.values()].filter(({ link }) => link.kind === 'live');
  const isActive = ({ clusterId: id }: ClusterSnapshot): boolean => id === active.clusterId;
  const [first, ...others] = live;
  if (!first)
    throw new CeleriacError('notFound', t('No broker is connected. Add or connect one in the Clusters view.'));
  if (others.length === 0) return first;
  const activeFirst = live.toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)));
  const items = activeFirst.map((cluster) => ({ label: cluster.name, description: wordsFor(cluster), cluster }));
  return (await pickOne(items, { title, placeHolder: t('Select a connection') })).cluster;
};

const clusterOf = (clusterId: string, mirror: Parts['mirror']): ClusterSnapshot => {
  const cluster = mirror.snapshots.get(clusterId);
  if (cluster) return cluster;
  throw new CeleriacError('notFound', t('The connection {0} is no longer open.', clusterId));
};

const wordsFor = ({ environment, maskedUrl }: ClusterSnapshot): string =>
  environment === 'dev' ? maskedUrl : `${environment} · ${maskedUrl}`;
