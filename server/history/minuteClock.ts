import { randomInt } from 'node:crypto';
import type { SeriesMetric } from '../api/tasks.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { QueueStep } from '../state/figures/queueSeries.ts';
import { countMetrics, levelMetrics } from '../state/figures/seriesLevel.ts';
import { type MinuteRecord, minuteMs } from './minuteRecord.ts';

/** Events of a minute that were still waiting when it ended are in after this time. */
const settleMs = 5_000;

const counts: readonly SeriesMetric[] = countMetrics;
const metrics: readonly SeriesMetric[] = [...countMetrics, ...levelMetrics];

/** How full the queues were in the minute that begins then. */
export type QueueMinutes = (at: number) => readonly QueueStep[];

export const noQueues: QueueMinutes = () => [];

/** Takes each minute out of the state when it is over. */
export class MinuteClock {
  private readonly state: ClusterState;
  private readonly queues: QueueMinutes;
  private readonly writer = randomInt(2 ** 48 - 1);
  private readonly startedAt: number;
  private doneBefore: number;

  constructor(state: ClusterState, queues: QueueMinutes, now: number) {
    this.state = state;
    this.queues = queues;
    this.startedAt = now;
    this.doneBefore = minuteOf(now);
  }

  /** The minutes that are over; the last of those before once more, for what came late. */
  due(now: number): readonly MinuteRecord[] {
    const current = minuteOf(now - settleMs);
    if (current <= this.doneBefore) return [];
    this.doneBefore = current;
    return this.from(current - 2 * minuteMs, current, now);
  }

  /** What is not yet told, up to this moment. */
  rest(now: number): readonly MinuteRecord[] {
    return this.from(this.doneBefore - minuteMs, now, now);
  }

  private from(first: number, end: number, now: number): readonly MinuteRecord[] {
    const minutes: MinuteRecord[] = [];
    for (let at = Math.max(first, minuteOf(this.startedAt)); at < end; at += minuteMs) {
      const heardFrom = Math.max(at, this.startedAt);
      const heardTo = Math.min(at + minuteMs, now);
      if (heardTo <= heardFrom) continue;
      const groups = this.state.groupMinutes(at);
      const metrics = this.metricsOf(at, now);
      minutes.push({ at, writer: this.writer, heardFrom, heardTo, metrics, groups, queues: this.queues(at) });
    }
    return minutes;
  }

  private metricsOf(at: number, now: number): MinuteRecord['metrics'] {
    const isOver = now >= at + minuteMs;
    // A minute is cut short only at the end, after which nothing comes: the second that runs may be closed too.
    const until = isOver ? now : now + 1000;
    const query = { metrics, from: at, to: Math.min(at + minuteMs, until), stepSeconds: isOver ? 60 : 1 } as const;
    const { points } = this.state.series(query, until);
    return Object.fromEntries(metrics.map((metric) => [metric, sumOrLast(metric, points[metric] ?? [])]));
  }
}

const minuteOf = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;

/** Of the seconds of a minute that is not over: their sum, or the last that is known. */
const sumOrLast = (metric: SeriesMetric, values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  if (!counts.includes(metric)) return known.at(-1) ?? null;
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};
