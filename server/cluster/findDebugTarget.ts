import { hostname as ownHostname } from 'node:os';
import type { DebugTarget } from '../api/debugging.ts';
import { debugTarget } from '../debugging/debugTarget.ts';
import { findListeners } from '../debugging/findListeners.ts';
import { processesInside, readProcess } from '../debugging/localProcess.ts';
import { workerPlace } from '../debugging/workerPlace.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { HealthDesk } from './healthDesk.ts';
import type { Operations } from './operations.ts';

const seeker = { canSee: process.platform !== 'win32', ownHostname: ownHostname(), readProcess, processesInside };
const runningLimit = 200;

interface Books {
  /** Throws while the link is down. */
  readonly operations: Operations;
  readonly state: ClusterState;
  readonly health: HealthDesk;
}

/** Which process of a cluster a debugger is to be attached to. */
export const findDebugTarget = async (
  { operations, state, health }: Books,
  asked: { readonly hostname: string | null; readonly taskId: string | null },
): Promise<DebugTarget> =>
  debugTarget(
    {
      ask: (command) => operations.ask(command),
      task: (id) => state.tasks.find(id),
      running: (hostname) => state.tasks.page({ states: ['STARTED'], workers: [hostname], limit: runningLimit }).tasks,
      survey: (hostname) => health.surveys.get(hostname) ?? null,
      pid: (hostname) => state.workers.get(hostname)?.pid ?? null,
      listeners: findListeners,
      place: (worker) => workerPlace(worker, seeker),
      visibilityTimeoutSeconds: health.visibilityTimeoutSeconds,
    },
    asked,
  );
