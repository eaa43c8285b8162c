import { join } from 'node:path';
import type * as vscode from 'vscode';
import { requests } from '../server/api/requests.ts';
import { Backend } from './backend.ts';
import { commandIds } from './commands/ids.ts';
import { registerCommands } from './commands/register.ts';
import { autoConnect } from './config.ts';
import { ActiveConnection } from './connections/activeConnection.ts';
import { ConnectionChoices } from './connections/connectionChoices.ts';
import { startConnectionCommands } from './connections/connectionCommands.ts';
import { Connections } from './connections/connections.ts';
import { startDashboards } from './dashboard/dashboards.ts';
import { startDebugging } from './debug/debugging.ts';
import { StandingTasks } from './debug/waiting/standingTasks.ts';
import { startFailuresView } from './failures/failuresView.ts';
import { startGettingStarted } from './gettingStarted.ts';
import { startGoToCode } from './goToCode/goToCode.ts';
import { Log } from './log.ts';
import { Mirror } from './mirror.ts';
import { startOperating } from './operating.ts';
import type { Parts } from './parts.ts';
import { SecretBook } from './secrets.ts';
import { startStatusBar } from './statusBar/statusBar.ts';
import { startTaskExport } from './taskExport/exportTasks.ts';
import { startTaskPages } from './taskPage/taskPages.ts';
import { startTrouble } from './trouble/trouble.ts';
import { startClustersView } from './views/clustersView.ts';
import { startTasksView } from './views/tasks/tasksView.ts';
import { speakWindowLanguage } from './windowLanguage.ts';

let backend: Backend | null = null;

export const activate = (context: vscode.ExtensionContext): void => {
  speakWindowLanguage();
  const log = new Log();
  const engine = new Backend(join(context.extensionPath, 'dist', 'server.js'), log);
  const mirror = new Mirror(
    (clusterId) => engine.request(requests.snapshot, { clusterId }),
    (error) => log.error('The state could not be read again.', error),
  );
  const secrets = new SecretBook(context.secrets, (secret) => log.hide(secret));
  const choices = new ConnectionChoices(context.workspaceState, autoConnect);
  const storageFolder = context.globalStorageUri.fsPath;
  const connections = new Connections({ backend: engine, mirror, log, secrets, choices, storageFolder });
  const active = new ActiveConnection(mirror, context.workspaceState);
  const standing = new StandingTasks();
  const parts: Parts = { context, backend: engine, mirror, connections, choices, secrets, active, standing, log };
  context.subscriptions.push(
    log,
    engine.onChanges((batch) => mirror.apply(batch)),
    connections,
    active,
  );
  backend = engine;
  connections.start();
  startAreas(parts);
  engine.start().catch((error) => log.error('The backend did not start.', error));
};

/** Each area brings its commands; one that nobody brings does not compile. */
const startAreas = (parts: Parts): void => {
  const { context, backend: engine, log } = parts;
  const clusters = startClustersView(parts);
  const connecting = startConnectionCommands(parts);
  const failures = startFailuresView(parts);
  const gettingStarted = startGettingStarted(parts);
  const goingToCode = startGoToCode(parts);
  const operating = startOperating(parts);
  const dashboards = startDashboards(parts);
  const debugging = startDebugging(parts);
  const taskPages = startTaskPages(parts);
  const taskExport = startTaskExport(parts);
  const trouble = startTrouble(parts);
  const statusBar = startStatusBar(parts);
  const tasks = startTasksView(parts);
  const commands = registerCommands(
    commandIds,
    {
      ...clusters.commands,
      ...connecting.commands,
      ...failures.commands,
      ...gettingStarted.commands,
      ...goingToCode.commands,
      ...operating.commands,
      ...dashboards.commands,
      ...debugging.commands,
      ...taskPages.commands,
      ...taskExport.commands,
      ...trouble.commands,
      ...statusBar.commands,
      ...tasks.commands,
      restartBackend: () => engine.restart(),
      showLogs: async () => log.channel.show(),
    },
    log,
  );
  context.subscriptions.push(
    clusters,
    connecting,
    failures,
    gettingStarted,
    goingToCode,
    operating,
    dashboards,
    debugging,
    taskPages,
    taskExport,
    trouble,
    statusBar,
    tasks,
    commands,
  );
};

/** Waits until the backend has left its brokers in order. */
export const deactivate = async (): Promise<void> => {
  await backend?.dispose();
  backend = null;
};
