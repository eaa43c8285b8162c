import { decimal } from '../../api/figures.ts';
import type { Worker, WorkerStatus } from '../../api/model.ts';
import type { GroupStats } from '../../api/tasks.ts';
import type { Style } from '../../text/paint.ts';
import type { Column } from '../../text/table.ts';
import { duration, figure, percent, printable, rate } from '../../text/wording.ts';

export interface WorkerRow {
  readonly worker: Worker;
  /** What its last minute was like, where its task events were heard. */
  readonly stats: GroupStats | undefined;
  readonly now: number;
}

const signs: Readonly<Record<WorkerStatus, { readonly sign: string; readonly style: Style }>> = {
  online: { sign: '●', style: 'green' },
  late: { sign: '◐', style: 'yellow' },
  lost: { sign: '○', style: 'red' },
  offline: { sign: '○', style: 'dim' },
};

const optional = (value: number | null): string => (value === null ? '' : figure(value));

const lastMinute = (stats: GroupStats | undefined) => stats?.windows[0];

export const workerColumns: readonly Column<WorkerRow>[] = [
  { header: 'WORKER', text: ({ worker }) => printable(worker.hostname), style: () => 'bold', narrowest: 12 },
  { header: 'STATUS', text: statusText, style: ({ worker }) => signs[worker.status].style },
  { header: 'ACTIVE', text: ({ worker }) => optional(worker.active), align: 'right' },
  { header: 'BEGUN', text: ({ worker }) => optional(worker.processed), align: 'right', dispensable: 1 },
  {
    header: 'TASKS/S',
    text: ({ stats }) => (lastMinute(stats) ? rate(lastMinute(stats)?.perSecond ?? 0) : ''),
    align: 'right',
  },
  {
    header: 'FAILED',
    text: ({ stats }) => share(lastMinute(stats)?.failureRate),
    style: ({ stats }) => (lastMinute(stats)?.failureRate ? 'red' : null),
    align: 'right',
    dispensable: 0,
  },
  {
    header: 'RUN P95',
    text: ({ stats }) => seconds(lastMinute(stats)?.runtime.p95),
    align: 'right',
    dispensable: 2,
  },
  {
    header: 'LOAD',
    text: ({ worker }) => worker.loadAverage?.map((load) => decimal(load)).join(' ') ?? '',
    dispensable: 3,
  },
  {
    header: 'PID',
    text: ({ worker }) => (worker.pid === null ? '' : String(worker.pid)),
    align: 'right',
    dispensable: 5,
  },
  { header: 'CELERY', text: softwareText, dispensable: 4, narrowest: 6 },
  { header: 'CLOCK', text: driftText, style: () => 'yellow', dispensable: 6 },
];

function statusText({ worker, now }: WorkerRow): string {
  const { sign } = signs[worker.status];
  if (worker.status === 'online') return `${sign} online`;
  const since = worker.status === 'offline' ? worker.statusSince : worker.lastSeenAt;
  return `${sign} ${worker.status} ${duration(Math.max(0, Math.floor((now - since) / 1000)))}`;
}

function softwareText({ worker }: WorkerRow): string {
  if (!worker.software) return '';
  const { ident, version } = worker.software;
  return printable(ident === 'py-celery' ? version : `${ident} ${version}`.trim());
}

const noticeableDriftSeconds = 5;

/** Clocks that differ make every age doubtful; only then is it worth a column. */
function driftText({ worker: { clockDriftSeconds } }: WorkerRow): string {
  if (clockDriftSeconds === null || Math.abs(clockDriftSeconds) < noticeableDriftSeconds) return '';
  return `${duration(Math.abs(clockDriftSeconds))} ${clockDriftSeconds > 0 ? 'behind' : 'ahead'}`;
}

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : percent(value);

const seconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : duration(value);
