import { userInfo } from 'node:os';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { confirmWrite } from '../../commands/confirmWrite.ts';
import type { RowTarget } from '../../commands/rowTarget.ts';
import type { Parts } from '../../parts.ts';
import { askWorker } from './askWorker.ts';
import { chooseApp } from './chooseApp.ts';
import { workspaceFolderOf } from './codeFolders.ts';
import type { LaunchConfiguration } from './offeredConfigurations.ts';
import { startSession } from './startSession.ts';
import { firstForm, workerConfiguration } from './workerForm.ts';

/** Starts a worker of the workspace's app under the debugger. */
export const debugWorker = async (target: RowTarget, parts: Parts): Promise<void> => {
  const near = target.file ?? vscode.window.activeTextEditor?.document.fileName ?? null;
  const app = await chooseApp(t('Debug Worker'), near, parts);
  const others = sharedCluster(target.clusterId, parts);
  const owner = { user: userInfo().username };
  const { form, wants } = await askWorker(firstForm(others !== null), app, owner);
  const folder = workspaceFolderOf(app.file);
  const configuration = workerConfiguration(form, app, folder?.uri.fsPath ?? app.folder, owner);
  if (wants === 'save') return saveConfiguration(configuration, folder);
  if (others && form.queues === 'shared') await confirmWrite(takingFromOthers(app.target), others);
  await startSession(parts, configuration, folder);
};

/** The connection that is meant, where others work, too; null: nobody is disturbed as far as is known. */
const sharedCluster = (clusterId: string | null, { mirror, active }: Parts): ClusterSnapshot | null => {
  const meant = clusterId ?? active.clusterId;
  const cluster = meant === null ? undefined : mirror.snapshots.get(meant);
  return cluster && cluster.environment !== 'dev' ? cluster : null;
};

const takingFromOthers = (app: string) => ({
  title: t('Debug a worker of {0} on shared queues', app),
  consequence: t('It takes tasks away from the other workers. Each task is paused while you debug it.'),
  action: t('Start'),
  weight: 'confirmed' as const,
});

/** The configuration is put first: whoever presses F5 next means it. */
const saveConfiguration = async (
  configuration: LaunchConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<void> => {
  const launches = vscode.workspace.getConfiguration('launch', folder);
  const all = launches.get<readonly { readonly name?: unknown }[]>('configurations') ?? [];
  const others = all.filter(({ name }) => name !== configuration.name);
  const target = folder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace;
  await launches.update('configurations', [configuration, ...others], target);
  const root = folder?.uri;
  if (root) await vscode.window.showTextDocument(vscode.Uri.joinPath(root, '.vscode', 'launch.json'));
};
