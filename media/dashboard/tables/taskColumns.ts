import { t } from '@vscode/l10n';
import { duration } from '../../../server/api/figures.ts';
import type { TaskSortColumn, TaskSummary } from '../../../server/api/tasks.ts';
import { moment } from '../../page/times.ts';

export type TaskColumnId =
  | 'state'
  | 'name'
  | 'id'
  | 'worker'
  | 'queue'
  | 'client'
  | 'sent'
  | 'received'
  | 'started'
  | 'finished'
  | 'updated'
  | 'runtime'
  | 'wait'
  | 'retries'
  | 'eta'
  | 'args'
  | 'kwargs'
  | 'result'
  | 'exception';

export interface TaskColumn {
  readonly id: TaskColumnId;
  readonly title: string;
  readonly width: number;
  /** Null: a list of a million cannot be sorted by it in a moment. */
  readonly sort: TaskSortColumn | null;
  /** Written to the right, and sorted from the largest. */
  readonly isFigure: boolean;
  readonly text: (task: TaskSummary, now: number) => string;
}

const none = '';

const time =
  (key: 'sentAt' | 'receivedAt' | 'startedAt' | 'finishedAt' | 'updatedAt') =>
  (task: TaskSummary, now: number): string => {
    const at = task[key];
    return at === null ? none : moment(at, now);
  };

const seconds =
  (key: 'runtimeSeconds' | 'waitSeconds') =>
  (task: TaskSummary): string => {
    const value = task[key];
    return value === null ? none : duration(value);
  };

const word =
  (key: 'name' | 'worker' | 'queue' | 'client' | 'eta' | 'args' | 'kwargs' | 'result' | 'exception') =>
  (task: TaskSummary): string =>
    task[key] ?? none;

const column = (
  id: TaskColumnId,
  title: string,
  width: number,
  sort: TaskSortColumn | null,
  text: TaskColumn['text'],
  isFigure = false,
): TaskColumn => ({ id, title, width, sort, isFigure, text });

/** All columns of the table of tasks, in their order. */
export const taskColumns: readonly TaskColumn[] = [
  column('state', t('State'), 110, 'state', ({ state }) => state),
  column('name', t('Task'), 200, 'name', word('name')),
  column('id', t('ID'), 90, 'id', ({ id }) => id.slice(0, 8)),
  column('worker', t('Worker'), 140, 'worker', word('worker')),
  column('queue', t('Queue'), 100, 'queue', word('queue')),
  column('client', t('Sender'), 140, 'client', word('client')),
  column('sent', t('Sent'), 150, 'sent', time('sentAt'), true),
  column('received', t('Received'), 150, 'received', time('receivedAt'), true),
  column('started', t('Started'), 150, 'started', time('startedAt'), true),
  column('finished', t('Finished'), 150, 'finished', time('finishedAt'), true),
  column('updated', t('Last event'), 150, 'updated', time('updatedAt'), true),
  column('runtime', t('Runtime'), 90, 'runtime', seconds('runtimeSeconds'), true),
  column('wait', t('Wait'), 90, 'wait', seconds('waitSeconds'), true),
  column('retries', t('Retries'), 70, 'retries', ({ retries }) => (retries ? String(retries) : none), true),
  column('eta', t('ETA'), 190, null, word('eta')),
  column('args', t('Arguments'), 240, null, word('args')),
  column('kwargs', t('Keyword arguments'), 240, null, word('kwargs')),
  column('result', t('Result'), 220, null, word('result')),
  column('exception', t('Exception'), 260, null, word('exception')),
];

export const usualColumns: readonly TaskColumnId[] = [
  'state',
  'name',
  'id',
  'worker',
  'queue',
  'updated',
  'runtime',
  'wait',
  'args',
  'exception',
];
