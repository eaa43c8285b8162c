import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { HeldTask, PoolProcess, WorkerDetail } from '../../server/api/workerDetail.ts';
import type { HoldingKind } from './clusterNode.ts';
import { silenceOf } from './holdingRows.ts';
import { rights } from './rights.ts';
import { lines, type RowView, warningColor } from './rowView.ts';
import { clock, count, duration, joined, shortId, span } from './wording.ts';

interface HoldingLook {
  readonly label: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly nothing: string;
}

const lookOf = (list: HoldingKind): HoldingLook => {
  switch (list) {
    case 'active':
      return { label: t('Active'), icon: 'run-all', contextValue: 'workerTasks;active', nothing: t('No task runs') };
    case 'reserved':
      return {
        label: t('Reserved'),
        icon: 'layers',
        contextValue: 'workerTasks;reserved',
        nothing: t('No task was fetched in advance'),
      };
    case 'scheduled':
      return {
        label: t('Scheduled'),
        icon: 'calendar',
        contextValue: 'workerTasks;scheduled',
        nothing: t('No task waits for its time'),
      };
    case 'queues':
      return { label: t('Consuming'), icon: 'inbox', contextValue: 'consuming', nothing: t('It consumes no queue') };
    case 'processes':
      return {
        label: t('Processes'),
        icon: 'server-environment',
        contextValue: 'processes',
        nothing: t('Its pool has no processes of its own'),
      };
    default:
      return list satisfies never;
  }
};

/** One of the lists below a worker, with its length. */
export const holdingView = (detail: WorkerDetail | null, list: HoldingKind): RowView => {
  const look = lookOf(list);
  const holding = detail?.[list] ?? null;
  const told = holding?.problem != null && (holding.total ?? 0) > 0;
  // That no event tells of any, proves nothing about a worker that is silent.
  const total = holding?.problem != null && !told ? null : (holding?.total ?? null);
  return {
    label: look.label,
    description: joined(
      total === null ? (detail === null ? '…' : t('unknown')) : count(total),
      told && t('by its events'),
    ),
    icon: look.icon,
    color: null,
    contextValue: look.contextValue,
    expandable: list === 'active' ? 'open' : 'closed',
    tooltip: () =>
      lines(
        total === null ? look.label : t('{0}: {1}', look.label, count(total)),
        told ? t('The worker did not say so itself; its events tell it. {0}', holding?.problem ?? '') : '',
      ),
  };
};

/** Said in place of rows: that there are none, that the answer is awaited, or why nothing is known. */
export const noteView = (detail: WorkerDetail | null, list: HoldingKind | null, isLive: boolean): RowView => {
  const problem = detail === null ? null : list === null ? silenceOf(detail) : detail[list].problem;
  const waiting = isLive ? t('Asking the worker…') : t('Not known: there is no connection to the broker.');
  const nothing = list === null ? '' : `${lookOf(list).nothing}.`;
  const silent = list !== null && detail !== null && silenceOf(detail) !== null;
  const label = detail === null ? waiting : silent ? unknownOr(detail, list) : (problem ?? nothing);
  const isProblem = problem !== null && !silent;
  return {
    label,
    description: '',
    icon: isProblem ? 'warning' : detail === null && isLive ? 'loading~spin' : 'info',
    color: isProblem ? warningColor : null,
    contextValue: 'note',
    expandable: 'no',
    tooltip: () => lines(label),
  };
};

/** The reason stands above the lists already. */
const unknownOr = (detail: WorkerDetail, list: HoldingKind): string =>
  detail[list].rows === null ? t('Only the worker knows.') : t('Its events tell of none; only the worker knows.');

export const heldTaskView = (
  task: HeldTask | undefined,
  list: HoldingKind,
  fallback: { readonly taskId: string; readonly taskName: string | null },
  snapshot: ClusterSnapshot,
  now: number,
  isStanding: boolean,
): RowView => {
  const isActive = list === 'active';
  const id = task?.id ?? fallback.taskId;
  const name = task?.name ?? fallback.taskName ?? id;
  const queue = task?.queue ?? '';
  const when = task ? momentOf(task, isActive, now) : '';
  return {
    label: name,
    description: joined(
      joined(name === id ? '' : shortId(id), when).replace(' · ', ' '),
      isStanding && t('waits in rdb'),
    ),
    icon: isStanding ? 'debug-pause' : isActive ? 'play-circle' : lookOf(list).icon,
    color: isStanding ? warningColor : null,
    contextValue: `task;${isActive ? 'STARTED' : 'RECEIVED'};${rights(snapshot)}`,
    expandable: 'no',
    tooltip: () =>
      lines(
        name,
        id,
        task?.args ? t('Arguments: {0}', task.args) : '',
        queue ? t('Queue: {0}', queue) : '',
        task?.startedAt ? t('Started at {0}', clock(task.startedAt)) : '',
        task?.eta ? t('Not before {0}', task.eta) : '',
        task?.priority ? t('Priority: {0}', task.priority) : '',
        task?.pid ? t('Process {0}', task.pid) : '',
      ),
  };
};

/** How long it has been running, or how long it has to wait yet. */
const momentOf = (task: HeldTask, isActive: boolean, now: number): string => {
  if (isActive) return task.startedAt === null ? '' : duration(Math.max(0, now - task.startedAt) / 1_000);
  const dueAt = task.eta === null ? Number.NaN : Date.parse(task.eta);
  if (Number.isNaN(dueAt)) return '';
  return dueAt > now ? t('in {0}', span(dueAt - now)) : t('due');
};

export const processView = (process: PoolProcess | undefined, pid: number, snapshot: ClusterSnapshot): RowView => {
  const task = process?.task ?? null;
  const words = task ? `${task.name ?? task.id}` : t('idle');
  return {
    label: String(pid),
    description: words,
    icon: task ? 'vm-running' : 'vm-outline',
    color: null,
    contextValue: `process;${rights(snapshot)}`,
    expandable: 'no',
    tooltip: () => lines(t('Process {0}: {1}', pid, words), task?.id ?? ''),
  };
};
