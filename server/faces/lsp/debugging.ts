import { hostname as ownHostname } from 'node:os';
import * as v from 'valibot';
import type { Clusters } from '../../cluster/clusters.ts';
import { debugTarget } from '../../debugging/debugTarget.ts';
import { findListeners } from '../../debugging/findListeners.ts';
import { processesInside, readProcess } from '../../debugging/localProcess.ts';
import { probeDebugpy } from '../../debugging/probeDebugpy.ts';
import { processReach } from '../../debugging/processReach.ts';
import { workerPlace } from '../../debugging/workerPlace.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster } from '../../requests/schemas.ts';

const seeker = { canSee: process.platform !== 'win32', ownHostname: ownHostname(), readProcess, processesInside };
const runningLimit = 200;
const portsAtOnce = 128;
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));

/** Which process a debugger is to be attached to. */
export const debuggingArea = (clusters: Clusters): Area<'debugTarget' | 'processReach' | 'probeDebugpy'> => ({
  schemas: {
    debugTarget: v.object({ ...ofCluster, hostname: v.nullable(v.string()), taskId: v.nullable(v.string()) }),
    processReach: v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    probeDebugpy: v.object({
      host: v.string(),
      port,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(portsAtOnce)),
    }),
  },
  handlers: {
    debugTarget: async ({ clusterId, ...asked }) => {
      const { operations, state, health } = clusters.get(clusterId);
      return debugTarget(
        {
          ask: (command) => operations.ask(command),
          task: (id) => state.task(id),
          running: (hostname) =>
            state.queryTasks({ states: ['STARTED'], workers: [hostname], limit: runningLimit }).tasks,
          survey: (hostname) => health.surveys.get(hostname) ?? null,
          pid: (hostname) => state.workers.get(hostname)?.pid ?? null,
          listeners: findListeners,
          place: (worker) => workerPlace(worker, seeker),
          visibilityTimeoutSeconds: health.visibilityTimeoutSeconds,
        },
        asked,
      );
    },
    processReach: ({ pid }) => processReach(pid),
    probeDebugpy: ({ host, port: first, count }) =>
      Promise.all(Array.from({ length: count }, (_, index) => probeDebugpy(host, first + index))),
  },
});
