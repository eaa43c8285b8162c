import * as v from 'valibot';
import type { ChangeBatch } from '../../api/change.ts';
import { CeleriacError } from '../../api/errors.ts';
import { apiVersion, type requests } from '../../api/requests.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { seriesArea } from '../../requests/series.ts';
import { taskDetailArea } from '../../requests/taskDetail.ts';
import { tasksArea } from '../../requests/tasks.ts';
import { clustersArea } from './clusters.ts';
import { connectionsArea } from './connections.ts';
import { discoveryArea } from './discovery.ts';
import { healthArea } from './health.ts';
import { languageArea } from './language.ts';
import { operatingArea } from './operating.ts';
import { sidebarArea } from './sidebar.ts';

type Name = keyof typeof requests;

/** All of the table: a request that no area answers does not compile. */
export const everyArea = (clusters: Clusters, folder: string, publish: (batch: ChangeBatch) => void): Area<Name> => {
  const language = languageArea(folder);
  const discovery = discoveryArea(folder);
  const life = clustersArea(clusters, publish);
  const operating = operatingArea(clusters);
  const sidebar = sidebarArea(clusters);
  const tasks = tasksArea(clusters);
  const taskDetail = taskDetailArea(clusters);
  const series = seriesArea(clusters);
  const health = healthArea(clusters);
  return {
    schemas: {
      ...greeting.schemas,
      ...discovery.schemas,
      ...language.schemas,
      ...life.schemas,
      ...connectionsArea.schemas,
      ...operating.schemas,
      ...sidebar.schemas,
      ...tasks.schemas,
      ...taskDetail.schemas,
      ...series.schemas,
      ...health.schemas,
    },
    handlers: {
      ...greeting.handlers,
      ...discovery.handlers,
      ...language.handlers,
      ...life.handlers,
      ...connectionsArea.handlers,
      ...operating.handlers,
      ...sidebar.handlers,
      ...tasks.handlers,
      ...taskDetail.handlers,
      ...series.handlers,
      ...health.handlers,
    },
  };
};

const greeting: Area<'handshake'> = {
  schemas: { handshake: v.object({ apiVersion: v.number() }) },
  handlers: {
    handshake: async (params) => {
      if (params.apiVersion === apiVersion) return { apiVersion, pid: process.pid, nodeVersion: process.versions.node };
      throw new CeleriacError(
        'unsupported',
        'The extension and its backend are of different versions. Reload the window.',
      );
    },
  },
};
