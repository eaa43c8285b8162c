import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Mirror } from '../mirror.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { span } from '../rows/wording.ts';
import { showPick } from '../shown/showPick.ts';
import { failureTitle } from './failureGroup.ts';
import { type GroupOfCluster, groupsOf } from './failureGroups.ts';

/** The group of the row; without a row, the one that is picked. */
export const chooseFailure = async (target: RowTarget, mirror: Mirror, title: string): Promise<GroupOfCluster> => {
  const now = Date.now();
  const all = groupsOf(mirror.snapshots, now, 'all');
  if (target.failureId !== null) return failureOf(target, all);
  if (all.length === 0) throw new CeleriacError('notFound', t('No failures are known.'));
  const items = all.map((each) => ({
    label: failureTitle(each.group),
    description: `${each.group.taskName ?? ''} ×${each.group.count} · ${t('{0} ago', span(now - each.group.lastSeenAt))}`,
    each,
  }));
  const options = { title, placeHolder: t('Select a failure'), matchOnDescription: true };
  return orCancelled(await showPick(items, options)).each;
};

const failureOf = ({ clusterId, failureId }: RowTarget, all: readonly GroupOfCluster[]): GroupOfCluster => {
  const found = all.find(({ cluster, group }) => cluster.clusterId === clusterId && group.id === failureId);
  if (found) return found;
  throw new CeleriacError('notFound', t('This failure is no longer in memory.'));
};
