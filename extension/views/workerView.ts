import { t } from '@vscode/l10n';
import type { ClusterSnapshot, Worker } from '../../server/api/model.ts';
import type { WorkerDetail } from '../../server/api/workerDetail.ts';
import { hasJustLeft } from './justLeft.ts';
import { rights } from './rights.ts';
import { errorColor, lines, okColor, type RowView, staleColor, warningColor } from './rowView.ts';
import { staleness } from './staleness.ts';
import { clock, count, joined } from './wording.ts';
import { countWorkers } from './workerCounts.ts';

export const workersView = (snapshot: ClusterSnapshot, now: number): RowView => {
  const { alive, lost, offline } = countWorkers(snapshot);
  const words = [
    t('{0} online', count(alive)),
    lost ? t('{0} lost', count(lost)) : '',
    offline ? t('{0} offline', count(offline)) : '',
  ]
    .filter(Boolean)
    .join(', ');
  const none = alive + lost + offline === 0;
  return {
    label: t('Workers'),
    description: none ? noneWords(snapshot) : joined(staleness(snapshot, now), words),
    icon: 'server-process',
    color: null,
    contextValue: `workers;${rights(snapshot)}`,
    expandable: 'open',
    tooltip: () =>
      none
        ? [t('No worker has sent an event yet. Start one with "celery worker -E", or enable events on those that run.')]
        : [t('Workers: {0}', words)],
  };
};

/** Workers that stand together because they are many. */
export const workerGroupView = (group: string, workers: readonly Worker[]): RowView => {
  const status = workers[0]?.status ?? 'online';
  const look = statusLook(status);
  const active = workers.reduce((sum, worker) => sum + (worker.active ?? 0), 0);
  const label = groupLabels[group]?.() ?? group;
  const words = joined(count(workers.length), status === 'online' && t('{0} active', count(active)));
  return {
    label,
    description: words,
    icon: look.icon,
    color: look.color,
    contextValue: 'workerGroup',
    expandable: 'closed',
    tooltip: () => [`${label}: ${words}`],
  };
};

const groupLabels: Readonly<Record<string, () => string>> = {
  lost: () => t('Lost'),
  late: () => t('Late'),
  offline: () => t('Offline'),
  online: () => t('Online'),
};

export const workerView = (
  worker: Worker,
  detail: WorkerDetail | null,
  snapshot: ClusterSnapshot,
  now: number,
): RowView => {
  const look = statusLook(worker.status);
  const stale = staleness(snapshot, now);
  return {
    label: worker.hostname,
    description: joined(stale, statusWords(worker), ...figuresOf(worker, detail)),
    icon: look.icon,
    color: stale ? staleColor : look.color,
    contextValue: `worker;${worker.status};${rights(snapshot)}`,
    expandable: worker.status === 'offline' && !hasJustLeft(worker, now) ? 'no' : 'closed',
    tooltip: () => workerTooltip(worker, detail),
  };
};

const statusLook = (status: Worker['status']): { readonly icon: string; readonly color: string } => {
  switch (status) {
    case 'online':
      return { icon: 'pass', color: okColor };
    case 'late':
      return { icon: 'watch', color: warningColor };
    case 'lost':
      return { icon: 'error', color: errorColor };
    case 'offline':
      return { icon: 'circle-slash', color: staleColor };
    default:
      return status satisfies never;
  }
};

const statusWords = (worker: Worker): string => {
  switch (worker.status) {
    case 'online':
      return '';
    case 'late':
      return t('late, heard {0}', clock(worker.lastSeenAt));
    case 'lost':
      return t('lost, heard {0}', clock(worker.lastSeenAt));
    case 'offline':
      return t('offline since {0}', clock(worker.statusSince));
    default:
      return worker.status satisfies never;
  }
};

/** Further off than this, ages and waiting times are visibly wrong. */
const driftLimitSeconds = 5;

const driftOf = (worker: Worker): number | null =>
  Math.abs(worker.clockDriftSeconds ?? 0) > driftLimitSeconds ? Math.round(worker.clockDriftSeconds ?? 0) : null;

const figuresOf = (worker: Worker, detail: WorkerDetail | null): string[] => {
  if (worker.status === 'offline') return [];
  const load = worker.loadAverage?.[0];
  const drift = driftOf(worker);
  return [
    detail?.pool ? joinedPool(detail) : '',
    worker.active === null ? '' : t('{0} active', count(worker.active)),
    worker.processed === null ? '' : t('{0} total', count(worker.processed)),
    load === undefined ? '' : t('load {0}', load.toFixed(1)),
    worker.sendsTaskEvents === false ? t('events off') : '',
    drift === null ? '' : t('clock {0} s off', drift > 0 ? `−${drift}` : `+${-drift}`),
  ].filter(Boolean);
};

const joinedPool = ({ pool, poolSize }: WorkerDetail): string =>
  [pool, poolSize].filter((part) => part !== null).join(' ');

const workerTooltip = (worker: Worker, detail: WorkerDetail | null): string[] => {
  const { software, active, processed } = worker;
  const drift = driftOf(worker);
  return lines(
    t('{0}: {1} since {2}', worker.hostname, worker.status, clock(worker.statusSince)),
    active === null ? t('How many tasks run, it has not said') : t('{0} tasks run', count(active)),
    processed === null ? '' : t('{0} tasks begun since it started', count(processed)),
    detail?.pool ? t('Pool: {0}', joinedPool(detail)) : '',
    t('Last heard at {0}; it sends a heartbeat every {1} s', clock(worker.lastSeenAt), worker.heartbeatEverySeconds),
    worker.pid === null ? '' : t('Process {0}', worker.pid),
    software ? t('{0} {1} on {2}', software.ident, software.version, software.system) : '',
    worker.sendsTaskEvents === false ? t('It does not tell of its tasks: its task events are off.') : '',
    drift === null
      ? ''
      : t('Its clock is {0} s off ours: ages and waiting times of its tasks are wrong by as much.', drift),
  );
};

const noneWords = (snapshot: ClusterSnapshot): string =>
  snapshot.link.kind === 'live' ? t('none heard of yet') : t('unknown until the broker is reached');
