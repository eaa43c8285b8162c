import * as v from 'valibot';
import { type FilterKind, filterKinds } from '../api/dashboard.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { OpenClusters } from '../cluster/clusters.ts';
import { DashboardReader } from '../cluster/dashboard/dashboardReader.ts';
import type { Area } from './area.ts';
import { ofCluster, texts, time } from './schemas.ts';

const kind = v.picklist(filterKinds);
const names = v.exactOptional(v.pipe(texts, v.maxLength(100)));
const mostNames = 1_000;

/** What the dashboard draws. */
export const seriesArea = (clusters: OpenClusters): Area<'dashboard' | 'names'> => {
  const readers = new WeakMap<Cluster, DashboardReader>();
  const readerOf = (cluster: Cluster): DashboardReader => {
    const reader = readers.get(cluster) ?? new DashboardReader(cluster);
    readers.set(cluster, reader);
    return reader;
  };
  return {
    schemas: {
      dashboard: v.object({
        ...ofCluster,
        from: time,
        to: v.exactOptional(time),
        filter: v.nullable(v.object({ type: names, queue: names, worker: names })),
      }),
      names: v.object({ ...ofCluster, kind }),
    },
    handlers: {
      dashboard: async (query) => {
        const cluster = clusters.get(query.clusterId);
        cluster.noteLook();
        return readerOf(cluster).read(query, Date.now());
      },
      names: async (params) => namesOf(clusters.get(params.clusterId), params.kind),
    },
  };
};

const namesOf = (cluster: Cluster, of: FilterKind): readonly string[] => {
  const heard = cluster.state.groups(of).named();
  const known = of === 'queue' ? cluster.allQueues.keys() : of === 'worker' ? cluster.state.workers.keys() : [];
  return [...new Set([...heard.map(([name]) => name), ...known])].sort().slice(0, mostNames);
};
