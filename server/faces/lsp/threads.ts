import * as v from 'valibot';
import type { ControlCommand, ControlOutcome } from '../../api/control.ts';
import { CeleriacError } from '../../api/errors.ts';
import type { DumpTarget, DumpThreadsParams } from '../../api/threads.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { readWorkerDetails } from '../../cluster/workerDetails.ts';
import { dumpThreads, findDumpTarget } from '../../debugging/dumpThreads.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

const ofWorker = { ...ofCluster, hostname: v.pipe(v.string(), v.nonEmpty()), logFiles: texts };

const askIfLive = async (cluster: Cluster, command: ControlCommand): Promise<ControlOutcome> => {
  try {
    return await cluster.operations.inspect(command);
  } catch (error) {
    if (error instanceof CeleriacError && error.code === 'brokerUnreachable')
      return { replies: [], expected: null, tookMs: 0 };
    throw error;
  }
};

/** A worker that says nothing is not waited for twice in one command. */
const freshForMs = 10_000;

/** What the threads of a worker on this machine do. */
export const threadsArea = (clusters: Clusters): Area<'dumpTarget' | 'dumpThreads'> => {
  let last: { readonly clusterId: string; readonly target: DumpTarget; readonly at: number } | null = null;
  const target = ({ clusterId, hostname, logFiles }: DumpThreadsParams) => {
    const cluster = clusters.get(clusterId);
    const { state } = cluster;
    const source = {
      // Without its broker a worker is asked nothing, and its threads can be looked at all the same.
      ask: (command: ControlCommand) => askIfLive(cluster, command),
      tasks: (query: Parameters<typeof state.tasks.page>[0]) => state.tasks.page(query).tasks,
    };
    return findDumpTarget(hostname, {
      logFiles,
      worker: state.workers.get(hostname),
      detail: async () => (await readWorkerDetails(source, [hostname]))[0],
    });
  };
  return {
    schemas: {
      dumpTarget: v.object(ofWorker),
      dumpThreads: v.object(ofWorker),
    },
    handlers: {
      dumpTarget: async (params) => {
        last = { clusterId: params.clusterId, target: await target(params), at: Date.now() };
        return last.target;
      },
      dumpThreads: async (params) => {
        const { clusterId, hostname } = params;
        const isFresh =
          last?.clusterId === clusterId && last.target.hostname === hostname && Date.now() - last.at < freshForMs;
        const found = last && isFresh ? last.target : await target(params);
        return dumpThreads(found, clusters.get(clusterId).outlet.redactor);
      },
    },
  };
};
