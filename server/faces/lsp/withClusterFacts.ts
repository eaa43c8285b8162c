import type { Clusters } from '../../cluster/clusters.ts';
import { driftFacts } from '../../cluster/driftFacts.ts';
import { nodeFigures } from '../../cluster/nodeFigures.ts';
import type { Area } from '../../requests/area.ts';
import type { WorkspaceRequest } from './workspaceThread.ts';

/** Adds what only this thread knows to questions about code: what a cluster does. */
export const withClusterFacts = (clusters: Clusters, workspace: Area<WorkspaceRequest>): Area<WorkspaceRequest> => {
  const { handlers } = workspace;
  return {
    ...workspace,
    handlers: {
      ...handlers,
      codeGraph: async (params) => {
        const { clusterId } = params;
        const isOpen = clusterId !== null && clusters.outlet(clusterId) !== null;
        return handlers.codeGraph({ ...params, figures: isOpen ? await nodeFigures(clusters.get(clusterId)) : {} });
      },
      codeDrift: async (params) =>
        handlers.codeDrift({ ...params, facts: await driftFacts(clusters.get(params.clusterId)) }),
    },
  };
};
