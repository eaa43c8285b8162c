import { join } from 'node:path';
import * as vscode from 'vscode';
import { requests } from '../server/api/requests.ts';
import { Backend } from './backend.ts';
import { commandIds } from './commands/ids.ts';
import { inspectWorkers, refreshInspection } from './commands/inspect.ts';
import { registerCommands } from './commands/register.ts';
import { Connections } from './connections/connections.ts';
import { InspectPages } from './inspect/inspectPages.ts';
import { Log } from './log.ts';
import { Mirror } from './mirror.ts';
import { ClusterTree } from './views/clusterTree.ts';

let backend: Backend | null = null;

export const activate = (context: vscode.ExtensionContext): void => {
  const log = new Log();
  const engine = new Backend(join(context.extensionPath, 'dist', 'server.js'), log);
  const mirror = new Mirror(
    (clusterId) => engine.request(requests.snapshot, { clusterId }),
    (error) => log.error('The state could not be read again.', error),
  );
  const connections = new Connections(engine, mirror, log, context.globalStorageUri.fsPath);
  const tree = new ClusterTree(mirror, connections);
  const pages = new InspectPages(engine);
  const commands = registerCommands(
    commandIds,
    {
      editConnections: async () => {
        await vscode.commands.executeCommand('workbench.action.openSettings', 'celeriac.connections');
      },
      inspectWorkers: (row) => inspectWorkers(row, { backend: engine, connections, mirror, pages }),
      refreshInspection: () => refreshInspection(pages),
      refresh: async () => {
        for (const clusterId of mirror.snapshots.keys()) await engine.request(requests.refreshCluster, { clusterId });
      },
      restartBackend: () => engine.restart(),
      showLogs: async () => log.channel.show(),
    },
    log,
  );
  context.subscriptions.push(
    log,
    engine.onChanges((batch) => mirror.apply(batch)),
    connections,
    tree,
    pages,
    commands,
  );
  backend = engine;
  connections.start();
  tree.start(engine);
  pages.start();
  engine.start().catch((error) => log.error('The backend did not start.', error));
};

/** Waits until the backend has left its brokers in order. */
export const deactivate = async (): Promise<void> => {
  await backend?.dispose();
  backend = null;
};
