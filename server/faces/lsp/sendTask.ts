import * as v from 'valibot';
import type { KnownTask } from '../../api/sendTask.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { taskNamesIn } from '../cli/replies/taskNamesIn.ts';
import type { Area } from './area.ts';
import { ofCluster } from './schemas.ts';

const answerWithinMs = 1_500;

/** Sending tasks, and what there is to send. */
export const sendTaskArea = (clusters: Clusters): Area<'registeredTasks'> => ({
  schemas: { registeredTasks: v.object(ofCluster) },
  handlers: { registeredTasks: (params) => knownTasks(clusters.get(params.clusterId)) },
});

/** A worker that is busy does not answer; what it ran before is known all the same. */
const knownTasks = async (cluster: Cluster): Promise<readonly KnownTask[]> => {
  const { replies } = await cluster.operations.ask({
    method: 'registered',
    arguments: {},
    timeoutMs: answerWithinMs,
  });
  const workers = new Map<string, string[]>();
  for (const { name } of cluster.state.typeStats(Date.now())) workers.set(name, []);
  for (const reply of replies) {
    if (reply.kind !== 'answered') continue;
    for (const name of taskNamesIn(reply.value)) workers.set(name, [...(workers.get(name) ?? []), reply.hostname]);
  }
  return [...workers]
    .map(([name, hostnames]): KnownTask => ({ name, workers: hostnames }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
};
