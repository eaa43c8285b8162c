import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { run } from '../commands/run.ts';
import { openAlerts, unseenFailures } from './countProblems.ts';

type MenuItem = vscode.QuickPickItem & { readonly act?: () => Promise<void> };

/** What a click on the status bar offers; each leads to a command that the palette has too. */
export const statusMenu = async (active: ClusterSnapshot | null): Promise<void> => {
  const items = active === null ? withoutConnection() : itemsFor(active);
  const options = { title: active?.name ?? 'Celery', placeHolder: t('What would you like to do?') };
  await (await vscode.window.showQuickPick<MenuItem>(items, options))?.act?.();
};

const itemsFor = (active: ClusterSnapshot): MenuItem[] => {
  const row = { clusterId: active.clusterId };
  const [failures, alerts] = [unseenFailures(active), openAlerts(active)];
  const isOpen = active.link.kind !== 'disconnected';
  const look: MenuItem[] = [
    { label: t('$(dashboard) Open Dashboard'), act: () => run('openDashboard', row) },
    {
      label: t('$(error) Show Failures'),
      description: failures > 0 ? t('{0} not seen', failures) : '',
      act: () => run('showFailures', row),
    },
    {
      label: t('$(warning) Show Alerts'),
      description: alerts > 0 ? t('{0} open', alerts) : '',
      act: () => run('showAlerts'),
    },
    { label: t('$(search) Inspect Workers…'), act: () => run('inspectWorkers', row) },
    { label: t('$(tools) Control Workers…'), act: () => run('controlWorkers', row) },
  ];
  return [
    ...(isOpen ? look : []),
    { label: t('Connection'), kind: vscode.QuickPickItemKind.Separator },
    { label: t('$(arrow-swap) Switch Connection…'), act: () => run('switchConnection', row) },
    isOpen
      ? { label: t('$(debug-disconnect) Disconnect'), act: () => run('disconnect', row) }
      : { label: t('$(plug) Connect'), act: () => run('connect', row) },
    { label: t('$(bell-slash) Mute Notifications…'), act: () => run('muteNotifications', row) },
    { label: t('$(output) Show Logs'), act: () => run('showLogs') },
  ];
};

const withoutConnection = (): MenuItem[] => [
  { label: t('$(plug) Connect…'), act: () => run('connect') },
  { label: t('$(add) Add Connection…'), act: () => run('addConnection') },
  { label: t('$(output) Show Logs'), act: () => run('showLogs') },
];
