import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { CeleriacError } from '../api/errors.ts';
import type { Rollup, RollupQuery } from '../api/history.ts';
import { phrase } from '../api/phrase.ts';
import type { Series, SeriesMetric, SeriesQuery } from '../api/tasks.ts';
import type { MinuteKind } from '../state/figures/groupMinute.ts';
import { countMetrics, levelMetrics } from '../state/figures/seriesLevel.ts';
import type { StepSum } from '../state/figures/stepSums.ts';
import type { StepsQuery } from './history.ts';
import { accountsToAdd, type MinuteRecord, minuteMs } from './minuteRecord.ts';
import { isAmong, labelsLike } from './namedLabels.ts';
import { type RollupPart, sumRollups, sumSteps } from './sumRollups.ts';
import type { TextBook } from './textBook.ts';

/** Of the roll-ups that tell of the whole cluster. */
export const wholeKind = 3;
const metrics: readonly SeriesMetric[] = [...countMetrics, ...levelMetrics];
const groupCounts = countMetrics.slice(0, -1);
const kinds: Readonly<Record<MinuteKind, number>> = { type: 0, queue: 1, worker: 2, all: wholeKind };
const largestAnswer = 500_000;
const longestSeries = 100_000;

const places = (count: number): string => new Array(count).fill('?').join(', ');

/** The minutes of the whole cluster, and of each task type, queue and worker. */
export class MinuteRows {
  private readonly database: DatabaseSync;
  private readonly labels: TextBook;
  private readonly saveMinute: StatementSync;
  private readonly saveGroup: StatementSync;

  constructor(database: DatabaseSync, labels: TextBook) {
    this.database = database;
    this.labels = labels;
    this.saveMinute = database.prepare(`INSERT OR REPLACE INTO minute VALUES (${places(4 + metrics.length)})`);
    this.saveGroup = database.prepare(`INSERT OR REPLACE INTO rollup VALUES (${places(6 + groupCounts.length)})`);
  }

  /** Within a transaction. */
  write(minute: MinuteRecord, now: number): void {
    const { at, writer, heardFrom, heardTo, groups } = minute;
    this.saveMinute.run(at, writer, heardFrom, heardTo, ...metrics.map((metric) => minute.metrics[metric] ?? null));
    for (const { kind, name, counts, runtimes, waits } of groups) {
      const label = this.labels.idOf(name, now);
      const sums = groupCounts.map((_, index) => counts[index] ?? 0);
      this.saveGroup.run(at, kinds[kind], label, writer, ...sums, runtimes, waits);
    }
  }

  rollups(query: RollupQuery, now: number): readonly Rollup[] {
    return sumRollups(this.parts(query, now), query.stepSeconds ?? 60);
  }

  /** As `rollups`, all names together. */
  steps(query: StepsQuery, now: number): readonly StepSum[] {
    return sumSteps(this.parts(query, now), query.stepSeconds);
  }

  private parts(query: Omit<StepsQuery, 'stepSeconds'>, now: number): readonly RollupPart[] {
    const from = minuteOf(query.from);
    const among = isAmong('label', labelsLike(this.labels, query.names));
    const rows = this.database
      .prepare(
        `SELECT rollup.*, heard_from, heard_to, value AS name FROM rollup
         JOIN minute USING (at, writer) JOIN label ON label.id = rollup.label
         WHERE at >= ? AND at < ? AND kind = ? AND ${among} LIMIT ?`,
      )
      .all(from, query.to ?? now, kinds[query.kind], largestAnswer + 1);
    if (rows.length > largestAnswer) {
      throw new CeleriacError('badRequest', phrase('history.tooMuch'));
    }
    return rows.map(toPart);
  }

  /** As the series in memory, by the minute. */
  series(query: SeriesQuery, now: number): Series {
    const first = minuteOf(query.from);
    const last = Math.min(Math.ceil((query.to ?? now) / minuteMs) * minuteMs, first + longestSeries * minuteMs);
    const rows = this.database.prepare('SELECT * FROM minute WHERE at >= ? AND at < ? ORDER BY at').all(first, last);
    const byMinute = Map.groupBy(rows, ({ at }) => Number(at));
    const points = query.metrics.map((metric) => {
      const values: (number | null)[] = [];
      for (let at = first; at < last; at += minuteMs) values.push(metricOf(metric, byMinute.get(at) ?? []));
      return [metric, values] as const;
    });
    return { stepSeconds: 60, from: first, points: Object.fromEntries(points) };
  }
}

type Row = Readonly<Record<string, SQLOutputValue>>;

const minuteOf = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;

const toPart = (row: Row): RollupPart => ({
  name: String(row['name']),
  at: Number(row['at']),
  heardFrom: Number(row['heard_from']),
  heardTo: Number(row['heard_to']),
  counts: groupCounts.map((metric) => Number(row[metric])),
  runtimes: bytesOrNull(row['runtimes']),
  waits: bytesOrNull(row['waits']),
});

const bytesOrNull = (value: SQLOutputValue | undefined): Uint8Array | null =>
  value instanceof Uint8Array ? value : null;

/** Counts add up; of levels and quantiles the account that tells most stands for the minute. */
const metricOf = (metric: SeriesMetric, rows: readonly Row[]): number | null => {
  const accounts = accountsToAdd(
    rows.map((row) => ({
      heardFrom: Number(row['heard_from']),
      heardTo: Number(row['heard_to']),
      weight: Number(row['events'] ?? 0),
      value: typeof row[metric] === 'number' ? row[metric] : null,
    })),
  ).filter(({ value }) => value !== null);
  if (accounts.length === 0) return null;
  if ((countMetrics as readonly SeriesMetric[]).includes(metric)) {
    return accounts.reduce((sum, { value }) => sum + (value ?? 0), 0);
  }
  return accounts.reduce((best, account) => (account.weight > best.weight ? account : best)).value;
};
