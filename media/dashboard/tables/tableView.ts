import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import type { TaskQuery, TaskSortColumn } from '../../../server/api/tasks.ts';
import { type TaskColumnId, taskColumns, usualColumns } from './taskColumns.ts';

export const tabs = ['tasks', 'failures', 'workers', 'queues', 'slowest'] as const;
export type Tab = (typeof tabs)[number];

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a person has chosen to see of the tables; kept over a reload. */
export interface TableView {
  readonly tab: Tab;
  readonly columns: readonly TaskColumnId[];
  readonly sort: { readonly column: TaskSortColumn; readonly descending: boolean };
  /** Empty: all. */
  readonly states: readonly string[];
  readonly text: string;
  readonly source: 'memory' | 'history';
}

export const firstTableView: TableView = {
  tab: 'tasks',
  columns: usualColumns,
  sort: { column: 'updated', descending: true },
  states: [],
  text: '',
  source: 'memory',
};

/** What was kept, as far as it still makes sense. */
export const tableViewFrom = (kept: unknown): TableView => {
  if (typeof kept !== 'object' || kept === null) return firstTableView;
  const read: Partial<Record<keyof TableView, unknown>> = kept;
  const columns = taskColumns.filter(({ id }) => Array.isArray(read.columns) && read.columns.includes(id));
  return {
    tab: tabs.find((tab) => tab === read.tab) ?? firstTableView.tab,
    columns: columns.length > 0 ? columns.map(({ id }) => id) : usualColumns,
    sort: sortFrom(read.sort) ?? firstTableView.sort,
    states: Array.isArray(read.states) ? read.states.filter((state) => typeof state === 'string') : [],
    text: typeof read.text === 'string' ? read.text : '',
    source: read.source === 'history' ? 'history' : 'memory',
  };
};

const sortFrom = (value: unknown): TableView['sort'] | null => {
  if (typeof value !== 'object' || value === null || !('column' in value) || !('descending' in value)) return null;
  const column = taskColumns.find(({ sort }) => sort === value.column)?.sort;
  return column && typeof value.descending === 'boolean' ? { column, descending: value.descending } : null;
};

/** A click on the column that is sorted by turns it over; another begins with what is looked for most: the largest. */
export const sortedBy = (view: TableView, column: TaskSortColumn): TableView => {
  const isSame = view.sort.column === column;
  const startsDescending = taskColumns.find(({ sort }) => sort === column)?.isFigure ?? false;
  return { ...view, sort: { column, descending: isSame ? !view.sort.descending : startsDescending } };
};

export const withColumn = (view: TableView, id: TaskColumnId): TableView => {
  const chosen = view.columns.includes(id) ? view.columns.filter((each) => each !== id) : [...view.columns, id];
  const columns = taskColumns.map((column) => column.id).filter((each) => chosen.includes(each));
  return columns.length === 0 ? view : { ...view, columns };
};

/** What the table asks the engine for. */
export const queryOf = (view: TableView, filter: DashboardFilter | null, zoom: Span | null): TaskQuery => ({
  ...(view.tab === 'slowest'
    ? { states: ['SUCCESS', 'FAILURE'] }
    : view.states.length > 0
      ? { states: view.states }
      : {}),
  ...(filter?.type ? { names: filter.type } : {}),
  ...(filter?.queue ? { queues: filter.queue } : {}),
  ...(filter?.worker ? { workers: filter.worker } : {}),
  ...(view.text.trim() === '' ? {} : { text: view.text.trim() }),
  ...(zoom ? { time: { column: 'updated', from: zoom.from, to: zoom.to } } : {}),
  sort: view.tab === 'slowest' ? { column: 'runtime', descending: true } : view.sort,
});
