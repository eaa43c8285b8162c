import type { DashboardQueues } from '../../api/dashboard.ts';
import type { Gap, Queue } from '../../api/model.ts';
import type { QueueSeries } from '../../state/figures/queueSeries.ts';
import { inGaps, type Values } from './points.ts';

const linesDrawn = 6;

interface QueuePartParts {
  readonly queues: readonly Queue[];
  readonly series: QueueSeries;
  readonly fits: (name: string) => boolean;
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly gaps: readonly Gap[];
}

/** The deepest queues each by itself, the others together. */
export const queuePart = ({ queues, series, fits, from, to, now, gaps }: QueuePartParts): DashboardQueues => {
  const stepSeconds = series.stepFor(from, to, now);
  const first = Math.floor(from / 1000 / stepSeconds);
  const count = Math.max(1, Math.ceil(to / 1000 / stepSeconds) - first);
  const rows = queues.filter(({ name }) => fits(name)).sort(byDepth);
  const known = new Set(series.names);
  const current = rows.map(({ name }) => name).filter((name) => known.has(name));
  const names = [...current, ...series.names.filter((name) => fits(name) && !current.includes(name))];
  const isUnknown = inGaps(gaps, first * stepSeconds * 1000, stepSeconds);
  const read = (name: string): Values =>
    series.read(name, stepSeconds, first, count).map((value, index) => (isUnknown(index) ? null : value));
  // One more by itself takes no more room than "1 other".
  const drawn = names.length <= linesDrawn + 1 ? names : names.slice(0, linesDrawn);
  const lines = drawn.map((name) => ({ name, ready: read(name) }));
  const rest = names.slice(drawn.length).map(read);
  return {
    stepSeconds,
    from: first * stepSeconds * 1000,
    lines,
    others: rest.length === 0 ? null : { count: rest.length, ready: sumOf(rest, count) },
    deepest: rows[0]?.ready ?? null,
    total: sumOf([...lines.map(({ ready }) => ready), ...rest], count),
  };
};

const byDepth = (a: Queue, b: Queue): number =>
  (b.ready ?? -1) - (a.ready ?? -1) || (a.name < b.name ? -1 : Number(a.name > b.name));

const sumOf = (lines: readonly Values[], count: number): Values => {
  const sums = new Array<number | null>(count).fill(null);
  for (const line of lines)
    line.forEach((value, index) => {
      if (value !== null) sums[index] = (sums[index] ?? 0) + value;
    });
  return sums;
};
