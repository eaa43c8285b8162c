import { t } from '@vscode/l10n';
import { decimal } from '../../server/api/figures.ts';
import type { Worker } from '../../server/api/model.ts';
import type { WorkerDetail } from '../../server/api/workerDetail.ts';
import { commandTo } from '../commands/commandTo.ts';
import { errorColor, lines, okColor, rights, staleColor, warningColor } from '../rows/rowLook.ts';
import { clock, count, joined, tasksWord } from '../rows/wording.ts';
import { detailOf, workerKey } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import { holdingKinds, silenceOf } from './holding.ts';
import { staleness } from './staleness.ts';
import { goneLook } from './unusable.ts';
import { groupOfWorker } from './workerGroups.ts';

export const worker = clusterKind<'worker'>({
  key: workerKey,
  look(node, { snapshot, forest }, now) {
    const subject = snapshot.workers[node.hostname];
    if (!subject) return goneLook(node.hostname, t('no longer known'));
    const detail = detailOf(forest, node);
    const { icon, color } = statusLook(subject.status);
    const stale = staleness(snapshot, now);
    return {
      label: subject.hostname,
      description: joined(stale, statusWords(subject), ...figuresOf(subject, detail)),
      icon,
      color: stale ? staleColor : color,
      contextValue: `worker;${subject.status};${rights(snapshot)}`,
      expandable: subject.status === 'offline' && !hasJustLeft(subject, now) ? 'no' : 'closed',
      tooltip: () => workerTooltip(subject, detail),
      command: commandTo('openWorker', t('Open Worker'), node),
    };
  },
  /** Why it does not answer, if so, and its tasks, queues and processes. */
  children({ clusterId, hostname }, { forest }) {
    const detail = detailOf(forest, { clusterId, hostname });
    const lists = holdingKinds
      .filter((list) => list !== 'processes' || detail === null || detail.processes.rows !== null)
      .map((list) => ({ kind: 'holding' as const, clusterId, hostname, list }));
    return silenceOf(detail) === null ? lists : [{ kind: 'note', clusterId, hostname, list: null }, ...lists];
  },
  parent({ clusterId, hostname }, { snapshot, forest }) {
    const group = groupOfWorker(forest, snapshot, hostname);
    return group === null ? { kind: 'workers', clusterId } : { kind: 'workerGroup', clusterId, group };
  },
});

/** A worker whose broker was away says goodbye when it is reached again, and is back within seconds. */
const backWithinMs = 10_000;

/** So soon after a goodbye the rows below a worker stay as they are, with what is selected there. */
export const hasJustLeft = ({ status, statusSince }: Pick<Worker, 'status' | 'statusSince'>, now: number): boolean =>
  status === 'offline' && now - statusSince < backWithinMs;

export const statusLook = (status: Worker['status']): { readonly icon: string; readonly color: string } => {
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
      return t('late, last heartbeat {0}', clock(worker.lastSeenAt));
    case 'lost':
      return t('lost, last heartbeat {0}', clock(worker.lastSeenAt));
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
    load === undefined ? '' : t('load {0}', decimal(load)),
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
    active === null ? t('Running tasks: unknown') : t('Running tasks: {0}', count(active)),
    processed === null ? '' : t('Started since launch: {0}', tasksWord(processed)),
    detail?.pool ? t('Pool: {0}', joinedPool(detail)) : '',
    t('Last heartbeat {0}, one every {1} s', clock(worker.lastSeenAt), worker.heartbeatEverySeconds),
    worker.pid === null ? '' : t('Process {0}', worker.pid),
    software ? t('{0} {1} on {2}', software.ident, software.version, software.system) : '',
    worker.sendsTaskEvents === false ? t('Task events are off, so its tasks are not shown.') : '',
    drift === null
      ? ''
      : t('Its clock differs from this machine by {0} s; ages and queue waits of its tasks are off by as much.', drift),
  );
};
