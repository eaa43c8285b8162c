import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { Area, Parts } from '../parts.ts';
import { ClusterTree } from './clusterTree.ts';

/** The Clusters tree and the commands of its title bar. */
export const startClustersView = ({ backend, mirror, connections }: Parts): Area<'editConnections' | 'refresh'> => {
  const tree = new ClusterTree(mirror, connections);
  tree.start(backend);
  return {
    commands: {
      editConnections: async () => {
        await vscode.commands.executeCommand('workbench.action.openSettings', 'celeriac.connections');
      },
      refresh: async () => {
        for (const { clusterId, link } of mirror.snapshots.values())
          if (link.kind !== 'disconnected') await backend.request(requests.refreshCluster, { clusterId });
      },
    },
    dispose: () => tree.dispose(),
  };
};
