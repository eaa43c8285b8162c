import * as v from 'valibot';
import type { OpenClusters } from '../cluster/clusters.ts';
import type { Area } from './area.ts';
import { ofCluster } from './schemas.ts';

/** The page of one task. */
export const taskDetailArea = (clusters: OpenClusters): Area<'taskDetail'> => ({
  schemas: { taskDetail: v.object({ ...ofCluster, id: v.string() }) },
  handlers: { taskDetail: (params) => clusters.tasks(params.clusterId).detail(params.id) },
});
