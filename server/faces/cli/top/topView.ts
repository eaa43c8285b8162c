import type { FailureGroup } from '../../../api/failures.ts';
import type { Alert } from '../../../api/health.ts';
import type { ClusterSnapshot, Queue, Worker } from '../../../api/model.ts';
import type { GroupStats, Task, TaskPage, TaskSummary } from '../../../api/tasks.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import { type StatusView, viewOf } from '../../../desk/clusterStatus.ts';
import type { WorkerRow } from '../workerRows.ts';
import { isTaskSort, type ListState, listOf, type TopState } from './topState.ts';

/** Everything that one picture is drawn from, of one moment. */
export interface TopView {
  readonly status: StatusView<ClusterSnapshot>;
  readonly tasks: TaskPage;
  readonly workers: readonly WorkerRow[];
  readonly queues: readonly Queue[];
  readonly failures: readonly FailureGroup[];
  readonly alerts: readonly Alert[];
  /** The one that is open. */
  readonly task: Task | null;
}

const tasksShown = 500;

/** Sorts and filters what is looked at now; the other lists are only counted. */
export const topViewOf = (cluster: Cluster, state: TopState): TopView => {
  const status = viewOf(cluster);
  const { snapshot, now } = status;
  const list = listOf(state);
  const only = <Row>(
    tab: TopState['tab'],
    rows: readonly Row[],
    nameOf: (row: Row) => string,
    by: Orders<Row>,
  ): Row[] => (state.tab === tab ? arranged(rows, list, nameOf, by) : [...rows]);
  const statsOf = new Map(status.workers.map((group) => [group.name, group]));
  const workers = Object.values(snapshot.workers).map((worker) => ({
    worker,
    stats: statsOf.get(worker.hostname),
    now,
  }));
  const overlay = state.overlay;
  return {
    status,
    tasks: tasksOf(cluster, state.lists.tasks, now),
    workers: only('workers', workers, ({ worker }) => worker.hostname, workerOrders),
    queues: only('queues', Object.values(snapshot.queues), ({ name }) => name, queueOrders),
    failures: only('failures', Object.values(snapshot.failures), failureName, failureOrders),
    alerts: only('alerts', Object.values(snapshot.alerts), ({ sentence }) => sentence, alertOrders),
    task: overlay?.kind === 'task' ? cluster.state.tasks.find(overlay.id) : null,
  };
};

const tasksOf = (cluster: Cluster, { filter, sort, descending }: ListState, at: number): TaskPage =>
  cluster.state.tasks.page({
    ...(filter.trim() === '' ? {} : { where: { query: filter, at } }),
    sort: { column: isTaskSort(sort) ? sort : 'updated', descending },
    limit: tasksShown,
  });

type Orders<Row> = Readonly<Record<string, (row: Row) => number | string>>;

const arranged = <Row>(
  rows: readonly Row[],
  { filter, sort, descending }: ListState,
  nameOf: (row: Row) => string,
  orders: Orders<Row>,
): Row[] => {
  const wanted = filter.trim().toLowerCase();
  const keyOf = orders[sort] ?? nameOf;
  const sign = descending ? -1 : 1;
  const compare = (a: Row, b: Row): number => {
    const [left, right] = [keyOf(a), keyOf(b)];
    return left < right ? -sign : left > right ? sign : nameOf(a) < nameOf(b) ? -1 : 1;
  };
  return rows.filter((row) => nameOf(row).toLowerCase().includes(wanted)).sort(compare);
};

const lastMinute = ({ stats }: WorkerRow) => stats?.windows[0];

const workerOrders: Orders<WorkerRow> = {
  active: ({ worker }) => worker.active ?? -1,
  rate: (row) => lastMinute(row)?.perSecond ?? -1,
  failed: (row) => lastMinute(row)?.failureRate ?? -1,
  load: ({ worker }) => worker.loadAverage?.[0] ?? -1,
};

const queueOrders: Orders<Queue> = {
  ready: ({ ready }) => ready ?? -1,
  unacked: ({ unacked }) => unacked ?? -1,
  consumers: ({ consumers }) => consumers ?? -1,
};

const failureName = ({ taskName, exceptionType, message }: FailureGroup): string =>
  `${taskName ?? ''} ${exceptionType} ${message}`;

const failureOrders: Orders<FailureGroup> = {
  last: ({ lastSeenAt }) => lastSeenAt,
  count: ({ count }) => count,
  task: ({ taskName }) => taskName ?? '',
};

const severities: readonly string[] = ['info', 'warning', 'critical'];

const alertOrders: Orders<Alert> = {
  severity: ({ severity }) => severities.indexOf(severity),
  since: ({ since }) => since,
};

/** What each row of the list that is shown is called, for the choice that stays with it. */
export const keysOf = (view: TopView, { tab }: TopState): readonly string[] => {
  switch (tab) {
    case 'tasks':
      return view.tasks.tasks.map(({ id }: TaskSummary) => id);
    case 'workers':
      return view.workers.map(({ worker }: { readonly worker: Worker }) => worker.hostname);
    case 'queues':
      return view.queues.map(({ name }) => name);
    case 'failures':
      return view.failures.map(({ id }) => id);
    case 'alerts':
      return view.alerts.map(({ id }) => id);
    default:
      return tab satisfies never;
  }
};

/** Names for the completion of a query. */
export const knownValues = ({ status }: TopView) => ({
  state: ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'REJECTED'],
  name: namesOf(status.types),
  worker: Object.keys(status.snapshot.workers),
  queue: namesOf(status.queues),
});

const namesOf = (groups: readonly GroupStats[]): readonly string[] => groups.map(({ name }) => name);
