import type { Worker } from '../api/model.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { HealthFacts } from './facts.ts';

/** Facts that are found by name, for clusters of thousands. */
export interface IndexedFacts extends HealthFacts {
  readonly workerNamed: ReadonlyMap<string, Worker>;
  readonly typeNamed: ReadonlyMap<string, GroupStats>;
  readonly workerStatsNamed: ReadonlyMap<string, GroupStats>;
}

export const indexFacts = (facts: HealthFacts): IndexedFacts => ({
  ...facts,
  workerNamed: new Map(facts.workers.map((worker) => [worker.hostname, worker])),
  typeNamed: byName(facts.types),
  workerStatsNamed: byName(facts.workerStats),
});

const byName = (groups: readonly GroupStats[]): ReadonlyMap<string, GroupStats> =>
  new Map(groups.map((group) => [group.name, group]));
