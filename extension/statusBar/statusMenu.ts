import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { run } from '../commands/run.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';
import { openAlerts, unseenFailures } from './countProblems.ts';

type MenuItem = PickItem & { readonly act?: () => Promise<void> };

/** What a click on the status bar offers; each leads to a command that the palette has too. */
export const statusMenu = async (active: ClusterSnapshot | null): Promise<void> => {
  const items = active === null ? withoutConnection() : itemsFor(active);
  const options = { title: active?.name ?? 'Celery', placeHolder: t('Select an action') };
  await (await showPick<MenuItem>(items, options))?.act?.();
};

const itemsFor = (active: ClusterSnapshot): MenuItem[] => {
  const row = { clusterId: active.clusterId };
  const [failures, alerts] = [unseenFailures(active), openAlerts(active)];
  const isOpen = active.link.kind !== 'disconnected';
  const look: MenuItem[] = [
    { label: t('Open Dashboard'), icon: 'dashboard', act: () => run('openDashboard', row) },
    {
      label: t('Show Failures'),
      icon: 'error',
      description: failures > 0 ? t('{0} new', failures) : '',
      act: () => run('showFailures', row),
    },
    {
      label: t('Show Alerts'),
      icon: 'warning',
      description: alerts > 0 ? t('{0} open', alerts) : '',
      act: () => run('showAlerts'),
    },
    { label: t('Inspect Workers…'), icon: 'search', act: () => run('inspectWorkers', row) },
    { label: t('Control Workers…'), icon: 'tools', act: () => run('controlWorkers', row) },
  ];
  return [
    ...(isOpen ? look : []),
    { label: t('Connection'), isSeparator: true },
    { label: t('Switch Connection…'), icon: 'arrow-swap', act: () => run('switchConnection', row) },
    isOpen
      ? { label: t('Disconnect'), icon: 'debug-disconnect', act: () => run('disconnect', row) }
      : { label: t('Connect'), icon: 'plug', act: () => run('connect', row) },
    { label: t('Mute Notifications…'), icon: 'bell-slash', act: () => run('muteNotifications', row) },
    { label: t('Show Logs'), icon: 'output', act: () => run('showLogs') },
  ];
};

const withoutConnection = (): MenuItem[] => [
  { label: t('Connect…'), icon: 'plug', act: () => run('connect') },
  { label: t('Add Connection…'), icon: 'add', act: () => run('addConnection') },
  { label: t('Show Logs'), icon: 'output', act: () => run('showLogs') },
];
