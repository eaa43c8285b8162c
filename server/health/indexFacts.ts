import type { Worker } from '../api/model.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { HealthFacts } from './facts.ts';

/** Facts that are found by name, for clusters of thousands. */
export interface IndexedFacts extends HealthFacts {
  readonly workerNamed: ReadonlyMap<string, Worker>;
  readonly typeNamed: ReadonlyMap<string, GroupStats>;
  readonly workerStatsNamed: ReadonlyMap<string, GroupStats>;
  /** Workers of which some queue that they consume is not empty. */
  readonly waitedFor: ReadonlySet<string>;
}

export const indexFacts = (facts: HealthFacts): IndexedFacts => ({
  ...facts,
  workerNamed: new Map(facts.workers.map((worker) => [worker.hostname, worker])),
  typeNamed: byName(facts.types),
  workerStatsNamed: byName(facts.workerStats),
  waitedFor: new Set(facts.queues.flatMap(({ workers, ready }) => ((ready ?? 0) > 0 ? workers : []))),
});

const byName = (groups: readonly GroupStats[]): ReadonlyMap<string, GroupStats> =>
  new Map(groups.map((group) => [group.name, group]));
