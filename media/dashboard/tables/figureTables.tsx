import { t } from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import type { FailureGroup } from '../../../server/api/failures.ts';
import { count } from '../../../server/api/figures.ts';
import type { ClusterSnapshot, Queue, Worker } from '../../../server/api/model.ts';
import type { GroupStats } from '../../../server/api/tasks.ts';
import type { Host } from '../../page/host.ts';
import { TailName } from '../../page/tailName.tsx';
import { useHeldRows } from '../../page/useHeldRows.ts';
import { useHold } from '../../page/useHold.ts';
import { WaitingRows } from '../../page/waitingRows.tsx';
import { DataGrid } from './dataGrid.tsx';
import {
  type FigureColumn,
  failureColumns,
  type QueueRow,
  queueColumns,
  sortFigures,
  workerColumns,
} from './figureColumns.ts';
import { failureFits, nameFits } from './figureFilter.ts';

interface FigureTableParts {
  readonly host: Host;
  readonly clusterId: string;
  readonly text: string;
  readonly filter: DashboardFilter | null;
  readonly isPaused: boolean;
}

interface Figures {
  readonly snapshot: ClusterSnapshot;
  readonly stats: ReadonlyMap<string, GroupStats>;
}

const pauseMs = 1_000;

/** The snapshot, and the figures of its workers or queues, read again while they change. */
const useFigures = (
  { host, clusterId, isPaused }: FigureTableParts,
  kind: 'worker' | 'queue' | null,
): Figures | null => {
  const [figures, setFigures] = useState<Figures | null>(null);
  useEffect(() => {
    let timer: number | undefined;
    const read = async (): Promise<void> => {
      timer = undefined;
      const [snapshot, stats] = await Promise.all([
        host.request('snapshot', { clusterId }),
        kind === null ? [] : host.request('stats', { clusterId, kind }),
      ]);
      setFigures({ snapshot, stats: new Map(stats.map((each) => [each.name, each])) });
    };
    void read();
    const leave = host.onChange(() => {
      if (!isPaused) timer ??= window.setTimeout(() => void read(), pauseMs);
    });
    return () => {
      leave();
      window.clearTimeout(timer);
    };
  }, [host, clusterId, isPaused, kind]);
  return figures;
};

export const FailureTable = (parts: FigureTableParts) => {
  const figures = useFigures(parts, null);
  const groups = Object.values(figures?.snapshot.failures ?? {}).filter(failureFits(parts.filter));
  return (
    <FigureGrid
      parts={parts}
      label={t('Failures')}
      columns={failureColumns}
      rows={groups}
      keyOf={({ id }: FailureGroup) => id}
      open={({ lastTaskId, taskName }: FailureGroup) => ['celeriac.openTask', { taskId: lastTaskId, taskName }]}
      empty={t('No failures yet.')}
    />
  );
};

export const WorkerTable = (parts: FigureTableParts) => {
  const figures = useFigures(parts, 'worker');
  const fits = nameFits(parts.filter?.worker);
  const known = Object.values(figures?.snapshot.workers ?? {}).filter(({ hostname }) => fits(hostname));
  const workers = known.map((worker) => ({
    worker,
    stats: figures?.stats.get(worker.hostname) ?? null,
  }));
  return (
    <FigureGrid
      parts={parts}
      label={t('Workers')}
      columns={workerColumns}
      rows={workers}
      keyOf={({ worker }: { readonly worker: Worker }) => worker.hostname}
      open={({ worker }: { readonly worker: Worker }) => ['celeriac.inspectWorkers', { hostname: worker.hostname }]}
      empty={t('No workers yet.')}
    />
  );
};

export const QueueTable = (parts: FigureTableParts) => {
  const figures = useFigures(parts, 'queue');
  const fits = nameFits(parts.filter?.queue);
  const known = Object.values(figures?.snapshot.queues ?? {}).filter(({ name }) => fits(name));
  const queues = known.map((queue) => ({
    queue,
    stats: figures?.stats.get(queue.name) ?? null,
  }));
  return (
    <FigureGrid
      parts={parts}
      label={t('Queues')}
      columns={queueColumns}
      rows={queues}
      keyOf={({ queue }: { readonly queue: Queue }) => queue.name}
      open={
        parts.host.can('celeriac.peekQueue')
          ? ({ queue }: QueueRow) => ['celeriac.peekQueue', { queueName: queue.name }]
          : null
      }
      empty={t('No queues yet.')}
    />
  );
};

interface FigureGridParts<Row> {
  readonly parts: FigureTableParts;
  readonly label: string;
  readonly columns: readonly FigureColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly open: ((row: Row) => readonly [command: string, target: object]) | null;
  readonly empty: string;
}

const FigureGrid = <Row,>({ parts, label, columns, rows, keyOf, open, empty }: FigureGridParts<Row>) => {
  const { host, clusterId, text } = parts;
  const [sort, setSort] = useState({ column: columns.find(({ isFigure }) => isFigure)?.id ?? '', descending: true });
  const now = Date.now();
  const { isHeld, area } = useHold();
  const found = sortFigures(rows, columns, sort, text, now);
  const [shownAgain, showAgain] = useState(0);
  const listKey = JSON.stringify([label, sort, text, parts.filter, shownAgain]);
  const { rows: sorted, waiting } = useHeldRows(found, keyOf, isHeld, listKey);
  const linkColumn = columns[0]?.id;
  const act = (row: Row): void => {
    if (!open) return;
    const [command, target] = open(row);
    void host.act(command, { clusterId, ...target });
  };
  return (
    <div {...area}>
      <p class="quiet table-line">
        <span class="table-count">
          {found.length < rows.length && t('{0} of {1}', count(found.length), count(rows.length))}
        </span>
        {waiting > 0 && <WaitingRows count={waiting} show={() => showAgain(shownAgain + 1)} />}
      </p>
      <DataGrid
        label={label}
        columns={columns.map(({ id, title, width, isFigure, shown }) => ({
          id,
          title,
          width,
          isFigure,
          canSort: true,
          isLink: id === linkColumn,
          text: (row: Row) => shown(row, now),
          ...(id === 'task' ? { view: (row: Row) => <TailName name={shown(row, now)} /> } : {}),
        }))}
        total={sorted.length}
        rowAt={(index) => sorted[index]}
        keyOf={keyOf}
        sort={sort}
        onSort={(column) => setSort({ column, descending: sort.column === column ? !sort.descending : true })}
        onOpen={open && act}
        listKey={label}
        empty={text === '' && parts.filter === null ? empty : t('No matches.')}
      />
    </div>
  );
};
