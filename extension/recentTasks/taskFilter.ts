import { t } from '@vscode/l10n';
import type { TaskQuery } from '../../server/api/tasks.ts';

/** Which tasks are shown; what is left empty does not count. */
export interface TaskFilter {
  readonly states: readonly string[];
  readonly names: readonly string[];
  readonly workers: readonly string[];
  readonly queues: readonly string[];
  readonly text: string;
}

export const everyTask: TaskFilter = { states: [], names: [], workers: [], queues: [], text: '' };

export const isFiltered = ({ states, names, workers, queues, text }: TaskFilter): boolean =>
  [states, names, workers, queues].some((list) => list.length > 0) || text !== '';

export const queryOf = (filter: TaskFilter, limit: number): TaskQuery => ({
  ...(filter.states.length > 0 ? { states: filter.states } : {}),
  ...(filter.names.length > 0 ? { names: filter.names } : {}),
  ...(filter.workers.length > 0 ? { workers: filter.workers } : {}),
  ...(filter.queues.length > 0 ? { queues: filter.queues } : {}),
  ...(filter.text === '' ? {} : { text: filter.text }),
  limit,
});

/** The filter in words, for the title of the view. */
export const filterWords = (filter: TaskFilter): string =>
  [
    ...filter.states,
    ...filter.names,
    ...filter.workers.map((worker) => t('on {0}', worker)),
    ...filter.queues.map((queue) => t('from {0}', queue)),
    filter.text === '' ? '' : `"${filter.text}"`,
  ]
    .filter(Boolean)
    .join(' · ');
