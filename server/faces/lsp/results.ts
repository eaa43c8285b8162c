import * as v from 'valibot';
import type { Clusters } from '../../cluster/clusters.ts';
import { readResult } from '../../desk/readResult.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster } from '../../requests/schemas.ts';

/** Results, as the result backend of the connection holds them. */
export const resultsArea = (clusters: Clusters): Area<'taskResult'> => ({
  schemas: { taskResult: v.object({ ...ofCluster, id: v.pipe(v.string(), v.nonEmpty()) }) },
  handlers: { taskResult: ({ clusterId, id }) => readResult(clusters.get(clusterId), id) },
});
