import type { RunningTask } from '../health/facts.ts';
import type { WorkerSurvey } from '../health/workerSurvey.ts';
import type { ClusterState } from '../state/clusterState.ts';

const runningLimit = 2_000;

/** Tasks whose start was heard, and those that workers say they run. */
export const runningTasks = (
  state: ClusterState,
  surveys: ReadonlyMap<string, WorkerSurvey>,
): readonly RunningTask[] => {
  const reported = [...surveys.values()].flatMap(({ hostname, active }) =>
    active.flatMap(({ id, name, startedAt }) => {
      const known = state.tasks.stateOf(id);
      const mayRun = known === null || known === 'RECEIVED' || known === 'PENDING';
      return startedAt !== null && mayRun ? [{ id, name, worker: hostname, startedAt }] : [];
    }),
  );
  return [...state.tasks.running(runningLimit), ...reported];
};
