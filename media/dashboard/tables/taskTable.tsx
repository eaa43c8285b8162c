import { t } from '@vscode/l10n';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import { count } from '../../../server/api/figures.ts';
import type { TaskSummary } from '../../../server/api/tasks.ts';
import { ActButton } from '../../page/actButton.tsx';
import type { Host } from '../../page/host.ts';
import { TailName } from '../../page/tailName.tsx';
import { useHold } from '../../page/useHold.ts';
import { WaitingRows } from '../../page/waitingRows.tsx';
import { StateMark } from '../../task/stateMark.tsx';
import { DataGrid, type GridColumn } from './dataGrid.tsx';
import { mostWaiting } from './rowWindows.ts';
import { queryOf, sortedBy, type TableView } from './tableView.ts';
import { taskColumns } from './taskColumns.ts';
import { useTaskRows } from './useTaskRows.ts';

export interface TaskTableParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly view: TableView;
  readonly change: (view: TableView) => void;
  readonly filter: DashboardFilter | null;
  readonly zoom: { readonly from: number; readonly to: number } | null;
  readonly isPaused: boolean;
}

export const TaskTable = (parts: TaskTableParts) => {
  const { host, clusterId, view, change, filter, zoom, isPaused } = parts;
  const query = useMemo(() => queryOf(view, filter, zoom), [view, filter, zoom]);
  const { rows, error } = useTaskRows(host, clusterId, query, view.source, isPaused);
  const [selected, setSelected] = useState<ReadonlyMap<string, string | null>>(new Map());
  const open = ({ id, name }: TaskSummary): void =>
    void host.act('celeriac.openTask', { clusterId, taskId: id, taskName: name });
  const columns = useMemo(() => gridColumns(view), [view.columns, view.tab]);
  const { isHeld, area } = useHold(selected.size > 0);
  useEffect(() => rows.hold(isHeld), [rows, isHeld]);
  const show = useCallback((first: number, end: number) => rows.show(first, end), [rows]);
  const [liveRuns, setLiveRuns] = useState(0);
  const toggle = ({ id, name }: TaskSummary): void => {
    const next = new Map(selected);
    if (!next.delete(id)) next.set(id, name);
    setSelected(next);
  };
  const goLive = (): void => {
    rows.goLive();
    setLiveRuns(liveRuns + 1);
  };
  return (
    <div {...area}>
      {error !== null && (
        <p class="exception" role="alert">
          {error}
        </p>
      )}
      <p class="quiet table-line">
        <span class="table-count">{countLine(rows.matching, rows.held)}</span>
        {rows.waiting > 0 && <WaitingRows count={rows.waiting} most={mostWaiting} show={() => rows.showWaiting()} />}
        {rows.isStill && (
          <span>
            {view.source === 'history' ? t('From the history, as of the last search.') : t('Paused while you scroll.')}{' '}
            <button type="button" class="link" onClick={goLive}>
              {t('Show Newest')}
            </button>
          </span>
        )}
        {selected.size > 0 && (
          <BulkActions host={host} clusterId={clusterId} selected={selected} clear={() => setSelected(new Map())} />
        )}
      </p>
      <DataGrid
        label={view.tab === 'slowest' ? t('Slowest tasks') : t('Tasks')}
        columns={columns}
        total={rows.total}
        rowAt={(index) => rows.rowAt(index)}
        keyOf={({ id }) => id}
        sort={view.tab === 'slowest' ? { column: 'runtime', descending: true } : gridSort(view)}
        onSort={(id) => change(sortBy(view, id))}
        onOpen={open}
        onShow={show}
        selected={new Set(selected.keys())}
        onSelect={toggle}
        listKey={`${view.source} ${JSON.stringify(query)} ${liveRuns}`}
        empty={emptyLine(view, filter, rows.held)}
      />
    </div>
  );
};

const countLine = (total: number, held: number): string =>
  total === held
    ? total === 1
      ? t('1 task')
      : t('{0} tasks', count(total))
    : t('{0} of {1} tasks', count(total), count(held));

const emptyLine = ({ text, states, source }: TableView, filter: DashboardFilter | null, held: number): string => {
  if (held > 0 && (text !== '' || states.length > 0 || filter !== null))
    return t('No matching tasks. Try removing a filter.');
  if (source === 'history') return t('No tasks in the history. Finished tasks are kept for seven days.');
  return t(
    'No tasks yet. Tasks appear with their first event, so workers must run with events enabled. Earlier tasks may be in the history.',
  );
};

const gridColumns = (view: TableView): readonly GridColumn<TaskSummary>[] => {
  const now = Date.now();
  return taskColumns
    .filter(({ id }) => view.columns.includes(id))
    .map(({ id, title, width, isFigure, sort, text }) => ({
      id,
      title,
      width,
      isFigure,
      canSort: sort !== null && view.tab !== 'slowest',
      text: (row) => text(row, now),
      isLink: id === 'name' || id === 'id',
      ...(id === 'name' ? { view: ({ name }: TaskSummary) => name && <TailName name={name} /> } : {}),
      ...(id === 'exception' ? { view: exceptionView } : {}),
      ...(id === 'state' ? { view: ({ state }: TaskSummary) => <StateMark state={state} /> } : {}),
    }));
};

/** A task that succeeded in the end keeps the exception of an earlier attempt: it is in the hover. */
const exceptionView = ({ state, exception, retries }: TaskSummary) => {
  if (state !== 'SUCCESS' || exception === null) return exception ?? '';
  const attempts = retries ?? 0;
  return <span class="quiet">{attempts === 1 ? t('after 1 retry') : t('after {0} retries', count(attempts))}</span>;
};

const gridSort = ({ sort }: TableView): { column: string; descending: boolean } | null => {
  const column = taskColumns.find((each) => each.sort === sort.column);
  return column ? { column: column.id, descending: sort.descending } : null;
};

const sortBy = (view: TableView, id: string): TableView => {
  const sort = taskColumns.find((each) => each.id === id)?.sort;
  return sort ? sortedBy(view, sort) : view;
};

interface BulkParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly selected: ReadonlyMap<string, string | null>;
  readonly clear: () => void;
}

/** What can be done to all that is selected; the commands ask before they change anything. */
const BulkActions = ({ host, clusterId, selected, clear }: BulkParts) => {
  const targets = [...selected].map(([taskId, taskName]) => ({ clusterId, taskId, taskName }));
  const act = (command: string, label: string, isSecondary = false) => (
    <ActButton host={host} command={command} args={[targets[0], targets]} isSecondary={isSecondary}>
      {label}
    </ActButton>
  );
  return (
    <span class="bulk">
      <strong>{t('{0} selected', count(selected.size))}</strong>
      {act('celeriac.revokeTask', t('Revoke…'))}
      {act('celeriac.retryTask', t('Retry…'))}
      {act('celeriac.copyTaskId', t('Copy IDs'), true)}
      <button type="button" class="secondary" onClick={clear}>
        {t('Clear')}
      </button>
    </span>
  );
};
