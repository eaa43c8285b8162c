import * as v from 'valibot';
import type { ChangeBatch } from '../../api/change.ts';
import { CeleriacError } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import { apiVersion, type requests } from '../../api/requests.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { joinAreas } from '../../requests/joinAreas.ts';
import { seriesArea } from '../../requests/series.ts';
import { taskDetailArea } from '../../requests/taskDetail.ts';
import { tasksArea } from '../../requests/tasks.ts';
import { answersArea } from './answers.ts';
import { clustersArea } from './clusters.ts';
import { connectionsArea } from './connections.ts';
import { controlArea } from './control.ts';
import { debuggingArea } from './debugging.ts';
import { healthArea } from './health.ts';
import { queuesArea } from './queues.ts';
import { resultsArea } from './results.ts';
import { sendTaskArea } from './sendTask.ts';
import { sidebarArea } from './sidebar.ts';
import { threadsArea } from './threads.ts';
import { withClusterFacts } from './withClusterFacts.ts';
import { workersArea } from './workers.ts';
import type { WorkspaceRequest } from './workspaceThread.ts';

type Name = keyof typeof requests;

/** All of the table: a request that no area answers does not compile. */
export const everyArea = (
  clusters: Clusters,
  workspace: Area<WorkspaceRequest>,
  publish: (batch: ChangeBatch) => void,
): Area<Name> =>
  joinAreas(
    greeting,
    withClusterFacts(clusters, workspace),
    clustersArea(clusters, publish),
    connectionsArea,
    answersArea(clusters),
    workersArea,
    controlArea(clusters),
    queuesArea(clusters),
    sendTaskArea(clusters),
    resultsArea(clusters),
    debuggingArea(clusters),
    threadsArea(clusters),
    sidebarArea(clusters),
    tasksArea(clusters),
    taskDetailArea(clusters),
    seriesArea(clusters),
    healthArea(clusters),
  );

const greeting: Area<'handshake'> = {
  schemas: { handshake: v.object({ apiVersion: v.number() }) },
  handlers: {
    handshake: async (params) => {
      if (params.apiVersion === apiVersion) return { apiVersion, pid: process.pid, nodeVersion: process.versions.node };
      throw new CeleriacError('unsupported', phrase('backend.versions'));
    },
  },
};
