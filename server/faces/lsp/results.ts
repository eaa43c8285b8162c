import * as v from 'valibot';
import { CeleriacError } from '../../api/errors.ts';
import type { TaskResult } from '../../api/results.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { createResultReader } from '../../results/createResultReader.ts';
import type { Area } from './area.ts';
import { ofCluster } from './schemas.ts';

const answerWithinMs = 8_000;

/** Results, as the result backend of the connection holds them. */
export const resultsArea = (clusters: Clusters): Area<'taskResult'> => ({
  schemas: { taskResult: v.object({ ...ofCluster, id: v.pipe(v.string(), v.nonEmpty()) }) },
  handlers: { taskResult: ({ clusterId, id }) => readResult(clusters.get(clusterId), id) },
});

/** Asked for now and then, so the backend is left again at once. */
export const readResult = async ({ connection }: Cluster, id: string): Promise<TaskResult> => {
  const { resultBackend, name } = connection;
  if (resultBackend === undefined)
    throw new CeleriacError(
      'unsupported',
      `No result backend is known of ${name}. Name it in the connection ("resultBackend", as Celery's result_backend), and results can be read.`,
    );
  const reader = createResultReader({ url: resultBackend });
  try {
    return await reader.get(id, AbortSignal.timeout(answerWithinMs));
  } finally {
    await reader.close();
  }
};
