import type { ClusterState } from '../../state/clusterState.ts';
import type { Paint } from '../../text/paint.ts';
import { stateStyle } from '../../text/taskRows.ts';
import { figure, plural } from '../../text/wording.ts';
import { celeryStates } from './optionValues.ts';
import { groupTable, troubleSentences, workerCounts, workerTable } from './statusScreen.ts';

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
  const counters = { ...state.counters(), stores: state.stores() };
  const heading = [source, plural(counters.events, 'event'), plural(counters.tasks, 'task'), workerCounts(workers)];
  const troubles = troubleSentences(counters);
  const blocks = [
    [page.paint('bold', heading.join(' · '))],
    workerTable(workers, state.workerStats(now), now, page),
    stateLine(state, page),
    groupTable('QUEUE', state.queueStats(now), page),
    groupTable('TASK', state.typeStats(now), page),
    troubles.length === 0 ? [] : [page.paint('yellow', `${troubles.join(' · ')}.`)],
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
};

/** "312 SUCCESS · 4 FAILURE". */
const stateLine = (state: ClusterState, { paint }: Page): string[] => {
  const counted = celeryStates.map((name) => ({
    name,
    count: state.tasks.page({ states: [name], limit: 1 }).matching ?? 0,
  }));
  const others = state.counters().tasks - counted.reduce((sum, { count }) => sum + count, 0);
  const parts = counted
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count }) => paint(stateStyle(name), `${figure(count)} ${name}`));
  if (others > 0) parts.push(`${figure(others)} in other states`);
  return parts.length === 0 ? [] : [parts.join(' · ')];
};
