import * as v from 'valibot';
import type { GroupStats } from '../../api/tasks.ts';
import type { TaskTypeFigures } from '../../api/workerDetail.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { inSlices } from '../../cluster/inSlices.ts';
import { findQuietWorkers } from '../../cluster/quietWorkers.ts';
import { readWorkerDetails } from '../../cluster/workerDetails.ts';
import { RateLimits } from '../../desk/rateLimits.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

/** A view opens few workers at once; more would keep a large cluster busy with answering. */
const workersAtOnce = 100;

/** What the rows of a tree need beyond the snapshot. */
export const sidebarArea = (
  clusters: Clusters,
  rateLimits = new RateLimits(),
): Area<'workerDetails' | 'quietWorkers' | 'taskTypes'> => ({
  schemas: {
    workerDetails: v.object({ ...ofCluster, hostnames: v.pipe(texts, v.maxLength(workersAtOnce)) }),
    quietWorkers: v.object(ofCluster),
    taskTypes: v.object(ofCluster),
  },
  handlers: {
    workerDetails: async ({ clusterId, hostnames }) => {
      const { operations, state } = clusters.get(clusterId);
      return readWorkerDetails(
        { ask: (command) => operations.inspect(command), tasks: (query) => state.tasks.page(query).tasks },
        hostnames,
      );
    },
    quietWorkers: async ({ clusterId }) => {
      const { operations, state, beats } = clusters.get(clusterId);
      return findQuietWorkers({
        heard: new Set(state.workers.keys()),
        isBeat: (hostname) => beats.isBeat(hostname),
        mailboxNames: () => operations.workerNames(),
        ask: (command) => operations.inspect(command),
      });
    },
    taskTypes: async ({ clusterId }) => {
      const cluster = clusters.get(clusterId);
      const limits = rateLimits.read(clusterId, cluster);
      const types = await inSlices(cluster.state.statsInSlices('type', Date.now()));
      return types.map((stats) => figuresOf(stats, limits.get(stats.name) ?? null));
    },
  },
});

const figuresOf = ({ name, held, windows }: GroupStats, rateLimit: string | null): TaskTypeFigures => {
  const hour = windows.find(({ minutes }) => minutes === 60);
  const recent = windows.find(({ minutes }) => minutes === 5);
  return {
    name,
    runs: (hour?.succeeded ?? 0) + (hour?.failed ?? 0) + (hour?.retried ?? 0),
    failed: hour?.failed ?? 0,
    retried: hour?.retried ?? 0,
    failureRate: hour?.failureRate ?? null,
    p50Seconds: hour?.runtime.p50 ?? null,
    p95Seconds: hour?.runtime.p95 ?? null,
    waitP95Seconds: hour?.wait.p95 ?? null,
    perSecond: recent?.perSecond ?? 0,
    running: held['STARTED'] ?? 0,
    waiting: (held['PENDING'] ?? 0) + (held['RECEIVED'] ?? 0) + (held['RETRY'] ?? 0),
    rateLimit,
  };
};
