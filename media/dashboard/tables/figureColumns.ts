import { t } from '@vscode/l10n';
import type { FailureGroup } from '../../../server/api/failures.ts';
import { decimal, duration, percent, rate } from '../../../server/api/figures.ts';
import type { Queue, Worker } from '../../../server/api/model.ts';
import type { GroupStats, WindowStats } from '../../../server/api/tasks.ts';
import { moment } from '../../page/times.ts';

/** A column of a short table, which is sorted where it is shown. */
export interface FigureColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly isFigure: boolean;
  /** What the table is sorted by; null comes last. */
  readonly value: (row: Row) => number | string | null;
  readonly shown: (row: Row, now: number) => string;
}

export interface WorkerRow {
  readonly worker: Worker;
  readonly stats: GroupStats | null;
}

export interface QueueRow {
  readonly queue: Queue;
  readonly stats: GroupStats | null;
}

const none = '';

const word = <Row>(
  id: string,
  title: string,
  width: number,
  value: (row: Row) => string | null,
): FigureColumn<Row> => ({
  id,
  title,
  width,
  isFigure: false,
  value,
  shown: (row) => value(row) ?? none,
});

const figure = <Row>(
  id: string,
  title: string,
  width: number,
  value: (row: Row) => number | null,
  shown: (value: number, now: number) => string = decimal,
): FigureColumn<Row> => ({
  id,
  title,
  width,
  isFigure: true,
  value,
  shown: (row, now) => {
    const each = value(row);
    return each === null ? none : shown(each, now);
  },
});

/** The last 15 minutes: long enough to be calm, short enough to be now. */
const lately = (stats: GroupStats | null): WindowStats | null =>
  stats?.windows.find(({ minutes }) => minutes === 15) ?? null;

export const workerColumns: readonly FigureColumn<WorkerRow>[] = [
  word('hostname', t('Worker'), 220, ({ worker }) => worker.hostname),
  word('status', t('Status'), 90, ({ worker }) => worker.status),
  figure('active', t('Active'), 80, ({ worker }) => worker.active),
  figure('processed', t('Processed'), 100, ({ worker }) => worker.processed),
  figure('rate', t('Runs'), 90, ({ stats }) => lately(stats)?.perSecond ?? null, rate),
  figure('failures', t('Failed'), 80, ({ stats }) => lately(stats)?.failureRate ?? null, percent),
  figure('p95', t('Runtime p95'), 110, ({ stats }) => lately(stats)?.runtime.p95 ?? null, duration),
  figure('load', t('Load'), 80, ({ worker }) => worker.loadAverage?.[0] ?? null),
  figure('seen', t('Last seen'), 160, ({ worker }) => worker.lastSeenAt, moment),
  word(
    'software',
    t('Software'),
    180,
    ({ worker: { software } }) => software && `${software.ident} ${software.version}`,
  ),
];

export const queueColumns: readonly FigureColumn<QueueRow>[] = [
  word('name', t('Queue'), 220, ({ queue }) => queue.name),
  figure('ready', t('Waiting'), 90, ({ queue }) => queue.ready),
  figure('unacked', t('Unacked'), 90, ({ queue }) => queue.unacked),
  figure('consumers', t('Consumers'), 100, ({ queue }) => queue.consumers ?? (queue.workers.length || null)),
  figure('growth', t('Growth'), 100, ({ queue }) => queue.growthPerSecond, rate),
  figure('drain', t('Empty in'), 100, ({ queue }) => queue.drainSeconds, duration),
  figure('read', t('As of'), 160, ({ queue }) => queue.updatedAt, moment),
  figure('rate', t('Runs'), 90, ({ stats }) => lately(stats)?.perSecond ?? null, rate),
  figure('failures', t('Failed'), 80, ({ stats }) => lately(stats)?.failureRate ?? null, percent),
  figure('wait', t('Wait p95'), 100, ({ stats }) => lately(stats)?.wait.p95 ?? null, duration),
  figure('p95', t('Runtime p95'), 110, ({ stats }) => lately(stats)?.runtime.p95 ?? null, duration),
];

export const failureColumns: readonly FigureColumn<FailureGroup>[] = [
  word('type', t('Exception'), 170, ({ exceptionType }) => exceptionType),
  word('message', t('Message'), 260, ({ message }) => message),
  word('task', t('Task'), 170, ({ taskName }) => taskName),
  figure('last', t('Last seen'), 150, ({ lastSeenAt }) => lastSeenAt, moment),
  figure('count', t('Count'), 80, ({ count }) => count),
  figure('unseen', t('New'), 80, ({ unseen }) => unseen),
  figure('first', t('First seen'), 150, ({ firstSeenAt }) => firstSeenAt, moment),
  word('place', t('Line'), 240, ({ frame }) => frame && `${frame.file}:${frame.line}`),
];

/** The rows in which the text occurs, in the order of one column; rows without a value come last. */
export const sortFigures = <Row>(
  rows: readonly Row[],
  columns: readonly FigureColumn<Row>[],
  sort: { readonly column: string; readonly descending: boolean },
  text: string,
  now: number,
): readonly Row[] => {
  const needle = text.trim().toLowerCase();
  const found = rows.filter(
    (row) => needle === '' || columns.some(({ shown }) => shown(row, now).toLowerCase().includes(needle)),
  );
  const column = columns.find(({ id }) => id === sort.column);
  if (!column) return found;
  const sign = sort.descending ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return x === y ? 0 : (x < y ? -1 : 1) * sign;
  });
};
