import * as v from 'valibot';
import type { ControlCommand, ControlOutcome } from '../../api/control.ts';
import { CeleriacError } from '../../api/errors.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { readWorkerDetails } from '../../cluster/workerDetails.ts';
import { dumpThreads, findDumpTarget } from '../../debugging/dumpThreads.ts';
import type { Area } from './area.ts';
import { ofCluster, texts } from './schemas.ts';

const ofWorker = { ...ofCluster, hostname: v.pipe(v.string(), v.nonEmpty()) };

const askIfLive = async (cluster: Cluster, command: ControlCommand): Promise<ControlOutcome> => {
  try {
    return await cluster.operations.ask(command);
  } catch (error) {
    if (error instanceof CeleriacError && error.code === 'brokerUnreachable')
      return { replies: [], expected: null, tookMs: 0 };
    throw error;
  }
};

/** What the threads of a worker on this machine do. */
export const threadsArea = (clusters: Clusters): Area<'dumpTarget' | 'dumpThreads'> => {
  const target = (clusterId: string, hostname: string) => {
    const cluster = clusters.get(clusterId);
    const { state } = cluster;
    const source = {
      // Without its broker a worker is asked nothing, and its threads can be looked at all the same.
      ask: (command: ControlCommand) => askIfLive(cluster, command),
      tasks: (query: Parameters<typeof state.queryTasks>[0]) => state.queryTasks(query).tasks,
    };
    return findDumpTarget(hostname, {
      worker: state.workers.get(hostname),
      detail: async () => (await readWorkerDetails(source, [hostname]))[0],
    });
  };
  return {
    schemas: {
      dumpTarget: v.object(ofWorker),
      dumpThreads: v.object({ ...ofWorker, logFiles: texts }),
    },
    handlers: {
      dumpTarget: ({ clusterId, hostname }) => target(clusterId, hostname),
      dumpThreads: async ({ clusterId, hostname, logFiles }) =>
        dumpThreads(await target(clusterId, hostname), logFiles, clusters.tasks(clusterId).redactor),
    },
  };
};
