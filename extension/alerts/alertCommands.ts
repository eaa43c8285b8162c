import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showPick } from '../shown/showPick.ts';
import { alertLook } from './alert.ts';
import { type AlertOfCluster, alertsOf } from './alertsOf.ts';

const hourMs = 3_600_000;
/** As good as for ever. */
const always = Date.UTC(9999, 0);

export const acknowledgeAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { cluster, alert } = await chooseAlert(row, parts, t('Acknowledge Alert'));
  await parts.backend.request(requests.acknowledgeAlert, { clusterId: cluster.clusterId, alertId: alert.id });
};

export const muteAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { cluster, alert } = await chooseAlert(row, parts, t('Mute Alert'));
  const items = [
    { label: t('For 1 hour'), until: Date.now() + hourMs },
    { label: t('For 1 day'), until: Date.now() + 24 * hourMs },
    { label: t('Forever'), until: always },
  ];
  const options = { title: t('Mute Alert'), placeHolder: t('For how long?') };
  const { until } = orCancelled(await showPick(items, options));
  await parts.backend.request(requests.muteAlert, { clusterId: cluster.clusterId, alertId: alert.id, until });
};

export const unmuteAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const { cluster, alert } = await chooseAlert(row, parts, t('Unmute Alert'));
  await parts.backend.request(requests.muteAlert, { clusterId: cluster.clusterId, alertId: alert.id, until: null });
};

/** The alert of the row; without a row, the one that is picked. */
export const chooseAlert = async (target: RowTarget, { mirror }: Parts, title: string): Promise<AlertOfCluster> => {
  const now = Date.now();
  const all = alertsOf(mirror.snapshots, now, 'all');
  if (target.alertId !== null) {
    const found = all.find(({ cluster, alert }) => {
      return cluster.clusterId === target.clusterId && alert.id === target.alertId;
    });
    if (found) return found;
    throw new CeleriacError('notFound', t('This alert is over.'));
  }
  if (all.length === 0) throw new CeleriacError('notFound', t('There are no alerts.'));
  const several = mirror.snapshots.size > 1;
  const items = all.map((each) => {
    const { label, description = '' } = alertLook(each.alert, each.cluster, now, several);
    return { label, description, each };
  });
  return orCancelled(await showPick(items, { title, placeHolder: t('Which alert?') })).each;
};
