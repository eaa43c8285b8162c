import { t } from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import { ActButton } from '../../page/actButton.tsx';
import type { Host } from '../../page/host.ts';
import { FailureTable, QueueTable, WorkerTable } from './figureTables.tsx';
import { queryOf, type Tab, type TableView, tableViewFrom, tabs, withColumn } from './tableView.ts';
import { taskColumns } from './taskColumns.ts';
import { TaskTable } from './taskTable.tsx';

export interface TablesParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly filter: DashboardFilter | null;
  readonly zoom: { readonly from: number; readonly to: number } | null;
  readonly isPaused: boolean;
  /** What the page kept of the tables. */
  readonly kept: unknown;
  readonly keep: (view: TableView) => void;
}

/** The tables below the charts. */
export const Tables = (parts: TablesParts) => {
  const [view, setView] = useState(() => tableViewFrom(parts.kept));
  const change = (next: TableView): void => {
    setView(next);
    parts.keep(next);
  };
  return (
    <section class="tables" aria-label={t('Tables')}>
      <div class="table-bar">
        <TabList tab={view.tab} choose={(tab) => change({ ...view, tab })} />
        <TableTools parts={parts} view={view} change={change} />
      </div>
      <div role="tabpanel" id="table-panel" aria-labelledby={`tab-${view.tab}`}>
        <Table parts={parts} view={view} change={change} />
      </div>
    </section>
  );
};

interface ViewParts {
  readonly parts: TablesParts;
  readonly view: TableView;
  readonly change: (view: TableView) => void;
}

const Table = ({ parts, view, change }: ViewParts) => {
  switch (view.tab) {
    case 'tasks':
    case 'slowest':
      return <TaskTable {...parts} view={view} change={change} />;
    case 'failures':
      return <FailureTable {...parts} text={view.text} />;
    case 'workers':
      return <WorkerTable {...parts} text={view.text} />;
    case 'queues':
      return <QueueTable {...parts} text={view.text} />;
    default:
      return view.tab satisfies never;
  }
};

const tabWord = (tab: Tab): string =>
  ({
    tasks: t('Tasks'),
    failures: t('Failures'),
    workers: t('Workers'),
    queues: t('Queues'),
    slowest: t('Slowest'),
  })[tab];

const TabList = ({ tab, choose }: { readonly tab: Tab; readonly choose: (tab: Tab) => void }) => {
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
    event.preventDefault();
  };
  return (
    <div role="tablist" class="tabs" aria-label={t('Tables')} onKeyDown={walk}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          class="tab"
          aria-selected={each === tab}
          aria-controls="table-panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => choose(each)}
        >
          {tabWord(each)}
        </button>
      ))}
    </div>
  );
};

const states = ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'REJECTED'];

const TableTools = ({ parts, view, change }: ViewParts) => {
  const isTasks = view.tab === 'tasks' || view.tab === 'slowest';
  return (
    <div class="table-tools">
      <SearchBox key={view.tab} text={view.text} search={(text) => change({ ...view, text })} />
      {view.tab === 'tasks' && (
        <select
          aria-label={t('State')}
          value={view.states[0] ?? ''}
          onChange={({ currentTarget: { value } }) => change({ ...view, states: value === '' ? [] : [value] })}
        >
          <option value="">{t('Any state')}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {state}
            </option>
          ))}
        </select>
      )}
      {isTasks && (
        <select
          aria-label={t('From')}
          value={view.source}
          onChange={({ currentTarget: { value } }) =>
            change({ ...view, source: value === 'history' ? 'history' : 'memory' })
          }
        >
          <option value="memory">{t('Now')}</option>
          <option value="history">{t('History')}</option>
        </select>
      )}
      {isTasks && <ColumnChoice view={view} change={change} />}
      {isTasks && (
        <ActButton
          host={parts.host}
          command="celeriac.exportTasks"
          isSecondary
          args={[
            {
              clusterId: parts.clusterId,
              query: queryOf(view, parts.filter, parts.zoom),
              source: view.source,
            },
          ]}
        >
          {t('Export…')}
        </ActButton>
      )}
    </div>
  );
};

const typingPauseMs = 250;

/** Searches when the typing pauses. */
const SearchBox = ({ text, search }: { readonly text: string; readonly search: (text: string) => void }) => {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = window.setTimeout(() => search(typed), typingPauseMs);
    return () => window.clearTimeout(timer);
  }, [typed, text, search]);
  return (
    <input
      type="search"
      placeholder={t('Search')}
      aria-label={t('Search in all columns, or by the beginning of an ID')}
      value={typed}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
};

const ColumnChoice = ({ view, change }: Omit<ViewParts, 'parts'>) => (
  <details class="column-choice">
    <summary>{t('Columns')}</summary>
    <fieldset class="column-list" aria-label={t('Columns')}>
      {taskColumns.map(({ id, title }) => (
        <label key={id}>
          <input type="checkbox" checked={view.columns.includes(id)} onChange={() => change(withColumn(view, id))} />{' '}
          {title}
        </label>
      ))}
    </fieldset>
  </details>
);
