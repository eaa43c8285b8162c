import * as v from 'valibot';
import type { Clusters } from '../../cluster/clusters.ts';
import { findDebugTarget } from '../../cluster/findDebugTarget.ts';
import { probeDebugpy } from '../../debugging/probeDebugpy.ts';
import { processReach } from '../../debugging/processReach.ts';
import { listeningHere } from '../../debugging/waiting/listeningHere.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

const portsAtOnce = 128;
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const ports = { port, count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(portsAtOnce)) };
const heard = v.variant('kind', [
  v.object({ kind: v.literal('waits'), place: v.object({ host: v.string(), port }) }),
  v.object({ kind: v.literal('visited'), port }),
]);

/** Which process a debugger is to be attached to, and which tasks wait for one. */
export const debuggingArea = (
  clusters: Clusters,
): Area<'debugTarget' | 'processReach' | 'probeDebugpy' | 'lookForRdb' | 'followLogs' | 'rdbListeners'> => ({
  schemas: {
    debugTarget: v.object({ ...ofCluster, hostname: v.nullable(v.string()), taskId: v.nullable(v.string()) }),
    processReach: v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    probeDebugpy: v.object({ host: v.string(), ...ports }),
    lookForRdb: v.object({ heard: v.array(heard) }),
    followLogs: v.object({ patterns: texts }),
    rdbListeners: v.object(ports),
  },
  handlers: {
    debugTarget: async ({ clusterId, ...asked }) => findDebugTarget(clusters.get(clusterId), asked),
    processReach: ({ pid }) => processReach(pid),
    probeDebugpy: ({ host, port: first, count }) =>
      Promise.all(Array.from({ length: count }, (_, index) => probeDebugpy(host, first + index))),
    lookForRdb: (params) => clusters.lookForRdb(params.heard),
    followLogs: async ({ patterns }) => {
      clusters.waiting.followLogs(patterns);
      return null;
    },
    rdbListeners: ({ port: first, count }) => listeningHere(first, count),
  },
});
