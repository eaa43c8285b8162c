import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { commandIds } from '../commands/ids.ts';
import { openAlerts, unseenFailures } from './countProblems.ts';

type MenuItem = vscode.QuickPickItem & { readonly command?: string };

/** What a click on the status bar offers; each leads to a command that the palette has too. */
export const statusMenu = async (active: ClusterSnapshot | null): Promise<void> => {
  const items = active === null ? withoutConnection() : itemsFor(active);
  const options = { title: active?.name ?? 'Celery', placeHolder: t('What would you like to do?') };
  const chosen = await vscode.window.showQuickPick<MenuItem>(items, options);
  if (!chosen?.command) return;
  const row = active === null ? undefined : { clusterId: active.clusterId };
  await vscode.commands.executeCommand(chosen.command, row);
};

const itemsFor = (active: ClusterSnapshot): MenuItem[] => {
  const [failures, alerts] = [unseenFailures(active), openAlerts(active)];
  const isOpen = active.link.kind !== 'disconnected';
  const look: MenuItem[] = [
    { label: t('$(dashboard) Open Dashboard'), command: commandIds.openDashboard },
    {
      label: t('$(error) Show Failures'),
      description: failures > 0 ? t('{0} not seen', failures) : '',
      command: commandIds.showFailures,
    },
    {
      label: t('$(warning) Show Alerts'),
      description: alerts > 0 ? t('{0} open', alerts) : '',
      command: commandIds.showAlerts,
    },
    { label: t('$(search) Inspect Workers…'), command: commandIds.inspectWorkers },
    { label: t('$(tools) Control Workers…'), command: commandIds.controlWorkers },
  ];
  return [
    ...(isOpen ? look : []),
    { label: t('Connection'), kind: vscode.QuickPickItemKind.Separator },
    { label: t('$(arrow-swap) Switch Connection…'), command: commandIds.switchConnection },
    isOpen
      ? { label: t('$(debug-disconnect) Disconnect'), command: commandIds.disconnect }
      : { label: t('$(plug) Connect'), command: commandIds.connect },
    { label: t('$(bell-slash) Mute Notifications…'), command: commandIds.muteNotifications },
    { label: t('$(output) Show Logs'), command: commandIds.showLogs },
  ];
};

const withoutConnection = (): MenuItem[] => [
  { label: t('$(plug) Connect…'), command: commandIds.connect },
  { label: t('$(add) Add Connection…'), command: commandIds.addConnection },
  { label: t('$(output) Show Logs'), command: commandIds.showLogs },
];
