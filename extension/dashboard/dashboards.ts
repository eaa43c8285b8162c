import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { PageAddress } from '../../server/api/page.ts';
import { rowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { showPick } from '../shown/showPick.ts';
import { PagePanels } from './pagePanels.ts';

/** The dashboard of a connection, as a panel among the editors. */
export const startDashboards = (parts: Parts): Area<'openDashboard'> => {
  const { mirror } = parts;
  const panels = new PagePanels(parts, {
    viewType: 'celeriac.dashboard',
    titleOf: (address) => titleOf(address, mirror.snapshots.get(address.clusterId)?.name ?? address.clusterId),
    restore: dashboardIn,
  });
  panels.start();
  return {
    commands: {
      openDashboard: async (row) => {
        await parts.connections.firstOpened;
        const clusterId = row.clusterId ?? (await chooseConnection(parts));
        if (clusterId !== undefined) panels.open(addressOf(clusterId, row.taskName), row.another);
      },
    },
    dispose: () => panels.dispose(),
  };
};

const titleOf = (address: PageAddress, name: string): string =>
  address.kind === 'dashboard' && address.taskName !== undefined
    ? t('{0}: {1}', name, address.taskName)
    : t('{0}: Dashboard', name);

const dashboardIn = (kept: unknown): PageAddress | null => {
  const { clusterId, taskName } = rowTarget(kept);
  return clusterId === null ? null : addressOf(clusterId, taskName);
};

const addressOf = (clusterId: string, taskName: string | null): PageAddress =>
  taskName === null ? { kind: 'dashboard', clusterId } : { kind: 'dashboard', clusterId, taskName };

const chooseConnection = async ({ mirror }: Parts): Promise<string | undefined> => {
  const clusters = [...mirror.snapshots.values()];
  if (clusters.length === 0)
    throw new CeleriacError('notFound', t('No connection is open. Add one in the Clusters view.'));
  if (clusters.length === 1) return clusters[0]?.clusterId;
  const items = clusters.map(({ name, maskedUrl, clusterId }) => ({ label: name, description: maskedUrl, clusterId }));
  const picked = await showPick(items, {
    title: t('Open Dashboard'),
    placeHolder: t('Select a connection'),
  });
  return picked?.clusterId;
};
