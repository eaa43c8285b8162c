import * as v from 'valibot';
import type { StatsParams } from '../api/requests.ts';
import { type GroupStats, type TaskQuery, taskSortColumns } from '../api/tasks.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { OpenClusters } from '../cluster/clusters.ts';
import { inSlices } from '../cluster/inSlices.ts';
import { readsAsQuery } from '../state/queries/language/readsAsQuery.ts';
import type { Area } from './area.ts';
import { ofCluster, texts, time } from './schemas.ts';

const taskConditions = {
  states: v.exactOptional(texts),
  names: v.exactOptional(texts),
  workers: v.exactOptional(texts),
  queues: v.exactOptional(texts),
  text: v.exactOptional(v.string()),
  time: v.exactOptional(
    v.object({
      column: v.picklist(['updated', 'sent', 'received', 'started', 'finished']),
      from: v.exactOptional(time),
      to: v.exactOptional(time),
    }),
  ),
  sort: v.exactOptional(v.object({ column: v.picklist(taskSortColumns), descending: v.boolean() })),
};

/** What is typed into a search box is a query where it names a field; anything else is a text to be found as it stands. */
const asTyped = (query: TaskQuery): TaskQuery => {
  const { text, ...rest } = query;
  return text !== undefined && readsAsQuery(text) ? { ...rest, where: { query: text, at: Date.now() } } : query;
};

const rowCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));

const taskQuery = v.object({
  ...taskConditions,
  limit: v.exactOptional(rowCount),
  cursor: v.exactOptional(v.string()),
});

/** Tasks, and what is known of them in sum. */
export const tasksArea = (clusters: OpenClusters): Area<'queryTasks' | 'taskWindow' | 'task' | 'stats'> => ({
  schemas: {
    queryTasks: v.object({ ...ofCluster, query: taskQuery }),
    taskWindow: v.object({
      ...ofCluster,
      query: v.object(taskConditions),
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: rowCount,
      order: v.nullable(v.number()),
      isWhole: v.exactOptional(v.boolean()),
      source: v.exactOptional(v.picklist(['memory', 'history'])),
    }),
    task: v.object({ ...ofCluster, id: v.string() }),
    stats: v.object({ ...ofCluster, kind: v.picklist(['type', 'queue', 'worker']) }),
  },
  handlers: {
    queryTasks: async (params) => clusters.tasks(params.clusterId).page(asTyped(params.query)),
    taskWindow: async (params) => clusters.tasks(params.clusterId).window({ ...params, query: asTyped(params.query) }),
    task: async (params) => clusters.get(params.clusterId).state.tasks.find(params.id),
    stats: async (params) => statsOf(clusters.get(params.clusterId), params.kind),
  },
});

const statsOf = ({ state }: Cluster, kind: StatsParams['kind']): Promise<readonly GroupStats[]> =>
  inSlices(state.statsInSlices(kind, Date.now()));
