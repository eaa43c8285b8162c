import type { ClusterSnapshot } from '../../server/api/model.ts';

export interface Milestones {
  readonly connected: boolean;
  readonly hasWorkers: boolean;
  readonly hasEvents: boolean;
}

/** How far the user has come, for the steps of the walkthrough that tick themselves off. */
export const milestonesOf = (snapshots: Iterable<ClusterSnapshot>): Milestones => {
  const live = [...snapshots].filter(({ link }) => link.kind === 'live');
  return {
    connected: live.length > 0,
    hasWorkers: live.some(({ workers }) => Object.values(workers).some(({ status }) => status === 'online')),
    hasEvents: live.some(({ counters }) => counters.tasks > 0),
  };
};
