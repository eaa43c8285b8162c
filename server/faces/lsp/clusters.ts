import * as v from 'valibot';
import type { ChangeBatch } from '../../api/change.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { connection, ofCluster } from '../../requests/schemas.ts';

/** The life of the clusters that the extension watches. */
export const clustersArea = (
  clusters: Clusters,
  publish: (batch: ChangeBatch) => void,
): Area<'openCluster' | 'closeCluster' | 'refreshCluster' | 'lookAtCluster' | 'snapshot'> => ({
  schemas: {
    openCluster: v.object({ connection, historyFolder: v.nullable(v.string()) }),
    closeCluster: v.object(ofCluster),
    refreshCluster: v.object(ofCluster),
    lookAtCluster: v.object(ofCluster),
    snapshot: v.object(ofCluster),
  },
  handlers: {
    openCluster: async (params) => {
      const cluster = await clusters.start(params.connection, params.historyFolder);
      cluster.listen(publish);
      return cluster.snapshot();
    },
    closeCluster: async (params) => {
      await clusters.stop(params.clusterId);
      return null;
    },
    refreshCluster: async (params) => {
      await clusters.get(params.clusterId).refresh();
      return null;
    },
    lookAtCluster: async (params) => {
      clusters.get(params.clusterId).noteLook();
      return null;
    },
    snapshot: async (params) => clusters.get(params.clusterId).snapshot(),
  },
});
