import type { DashboardFilter, DashboardNow } from '../../api/dashboard.ts';
import { isLiving, type Queue } from '../../api/model.ts';
import type { WindowSum } from '../../state/figures/windowSum.ts';
import type { Cluster } from '../cluster.ts';
import { fitsOf } from './dashboardFilter.ts';

interface NowParts {
  readonly cluster: Cluster;
  readonly filter: DashboardFilter | null;
  /** Of the tasks that fit the filter, how many are in which state. */
  readonly held: Readonly<Record<string, number>>;
  readonly queues: readonly Queue[];
  readonly window: WindowSum;
}

/** The figures of the tiles. */
export const nowPart = ({ cluster, filter, held, queues, window }: NowParts): DashboardNow => {
  const fits = fitsOf(filter, 'worker');
  const workers = [...cluster.state.workers.values()].filter(({ hostname }) => fits(hostname));
  const online = workers.filter(isLiving);
  const { events, lost, backlog, lastEventAt } = cluster.counters();
  const beaten = online.reduce((sum, { active }) => sum + (active ?? 0), 0);
  const queued = sumOf(queues.map(({ ready }) => ready));
  const queuedGrowthPerSecond = sumOf(queues.map(({ growthPerSecond }) => growthPerSecond));
  const shrinks = queued !== null && queuedGrowthPerSecond !== null && queuedGrowthPerSecond < 0;
  return {
    workersOnline: online.length,
    workersKnown: workers.length,
    active: filter?.type || filter?.queue ? (held['STARTED'] ?? 0) : beaten,
    queued,
    queuedGrowthPerSecond,
    drainSeconds: shrinks ? queued / -queuedGrowthPerSecond : null,
    window: window.stats(),
    backlog,
    lastEventAt,
    events,
    lost,
  };
};

const sumOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};
