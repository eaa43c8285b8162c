import type { GroupStats } from '../../api/tasks.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import type { Paint } from './paint.ts';
import { groupTable, troubleSentences, workerCounts, workerTable } from './statusScreen.ts';
import { stateStyle } from './taskRows.ts';
import { figure, plural } from './wording.ts';

export interface SnapshotView {
  readonly state: ClusterState;
  readonly now: number;
  /** What it comes from: "Listened 5 s on …". */
  readonly source: string;
}

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** A whole state in words and tables. */
export const snapshotScreen = ({ state, now, source }: SnapshotView, page: Page): string[] => {
  const workers = [...state.workers.values()];
  const counters = state.counters();
  const heading = [source, plural(counters.events, 'event'), plural(counters.tasks, 'task'), workerCounts(workers)];
  const troubles = troubleSentences(counters);
  const types = state.typeStats(now);
  const blocks = [
    [page.paint('bold', heading.join(' · '))],
    workerTable(workers, state.workerStats(now), now, page),
    stateLine(types, page),
    groupTable('QUEUE', state.queueStats(now), page),
    groupTable('TASK', types, page),
    troubles.length === 0 ? [] : [page.paint('yellow', `${troubles.join(' · ')}.`)],
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
};

/** "312 SUCCESS · 4 FAILURE". */
const stateLine = (types: readonly GroupStats[], { paint }: Page): string[] => {
  const counts = new Map<string, number>();
  for (const { held } of types)
    for (const [state, count] of Object.entries(held)) counts.set(state, (counts.get(state) ?? 0) + count);
  const parts = [...counts]
    .filter(([, count]) => count > 0)
    .toSorted((a, b) => b[1] - a[1])
    .map(([state, count]) => paint(stateStyle(state), `${figure(count)} ${state}`));
  return parts.length === 0 ? [] : [parts.join(' · ')];
};
