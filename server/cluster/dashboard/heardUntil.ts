import type { Series } from '../../api/tasks.ts';
import type { ClusterState } from '../../state/clusterState.ts';

const minuteMs = 60_000;

/**
 * Up to when the history tells of what was before the engine began. Its account of the minute in which that was may be
 * the engine's own: spread over all of the minute, it would show tasks from before anybody listened.
 */
export const heardUntil = (series: Series, state: ClusterState, startedAt: number, now: number): number => {
  const minute = Math.floor(startedAt / minuteMs) * minuteMs;
  const kept = series.points.events?.[(minute - series.from) / minuteMs] ?? 0;
  const query = { metrics: ['events'], from: minute, to: minute + minuteMs, stepSeconds: 60 } as const;
  // Null while the minute is not over; until then, the history has no account of it by us.
  const own = state.series(query, now).points.events?.[0] ?? null;
  return own !== null && kept <= own ? minute : startedAt;
};
