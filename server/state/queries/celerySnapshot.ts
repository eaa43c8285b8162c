import type { CeleryTask } from '../../api/celeryTask.ts';
import { noState } from '../names/taskStates.ts';
import { flagParentIsSelf } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import {
  argsField,
  etaField,
  exceptionField,
  expiresField,
  kwargsField,
  parentIdField,
  resultField,
  rootIdField,
  tracebackField,
} from '../texts/textWriter.ts';
import type { WorkerRecord } from '../workers/workerRecord.ts';
import { byParts, type Sliced } from './slices.ts';

/** A worker by the names and values of celery/events/state.py: Worker, and our own verdict. */
export interface CeleryWorker {
  readonly hostname: string;
  readonly pid: number | null;
  readonly freq: number;
  readonly heartbeats: readonly number[];
  readonly clock: number;
  readonly active: number | null;
  readonly processed: number | null;
  readonly loadavg: readonly number[] | null;
  readonly sw_ident: string | null;
  readonly sw_ver: string | null;
  readonly sw_sys: string | null;
  readonly status: string;
}

export const toCeleryWorker = (record: WorkerRecord): CeleryWorker => ({
  hostname: record.hostname,
  pid: record.pid,
  freq: record.everySeconds,
  heartbeats: [...record.heartbeats],
  clock: record.clock,
  active: record.active,
  processed: record.processed,
  loadavg: record.loadAverage,
  sw_ident: record.ident,
  sw_ver: record.version,
  sw_sys: record.system,
  status: record.status,
});

const toCeleryTask = (store: TaskStore, row: number, children: readonly string[]): CeleryTask => {
  const { columns, interner, texts } = store;
  const uuid = store.idOf(row);
  const ownId = (): string => uuid;
  const input = (field: number): unknown => texts.valueOf(columns.input[row] ?? 0, field, ownId);
  const outcome = (field: number): unknown => texts.valueOf(columns.outcome[row] ?? 0, field, ownId);
  const retries = columns.retries[row] ?? -1;
  const isOwnParent = ((columns.flags[row] ?? 0) & flagParentIsSelf) !== 0;
  const head = interner.textOf(columns.tracebackHead[row] ?? 0);
  const tail = outcome(tracebackField);
  return {
    uuid,
    name: interner.textOrNull(columns.name[row] ?? 0),
    state: store.states.nameOf(columns.state[row] ?? 0),
    worker: interner.textOrNull(columns.worker[row] ?? 0),
    client: interner.textOrNull(columns.client[row] ?? 0),
    args: input(argsField),
    kwargs: input(kwargsField),
    result: outcome(resultField),
    exception: outcome(exceptionField),
    traceback: typeof tail === 'string' ? head + tail : tail,
    runtime: orNull(columns.runtime[row]),
    eta: input(etaField),
    expires: input(expiresField),
    retries: retries < 0 ? null : retries,
    queue: interner.textOrNull(columns.queue[row] ?? 0),
    exchange: interner.textOrNull(columns.exchange[row] ?? 0),
    routing_key: interner.textOrNull(columns.routingKey[row] ?? 0),
    root_id: input(rootIdField),
    // After a retry Celery shows the task as its own parent; the API's `Task.parentId` does not.
    parent_id: isOwnParent ? uuid : input(parentIdField),
    children,
    sent: orNull(columns.sent[row]),
    received: orNull(columns.received[row]),
    started: orNull(columns.started[row]),
    succeeded: orNull(columns.succeeded[row]),
    failed: orNull(columns.failed[row]),
    retried: orNull(columns.retried[row]),
    revoked: orNull(columns.revoked[row]),
    rejected: orNull(columns.rejected[row]),
    timestamp: orNull(columns.timestamp[row]),
    clock: orNull(columns.clock[row]),
  };
};

/** Every task held, by id. Children never contain the task itself, which a retry makes of it in Celery. */
export const toCeleryTasks = (store: TaskStore): Readonly<Record<string, CeleryTask>> => {
  const children = childrenByParent(store);
  const tasks: [string, CeleryTask][] = [];
  for (let row = 0; row < store.rowLimit; row++) {
    if (store.columns.state[row] === noState) continue;
    const id = store.idOf(row);
    tasks.push([id, toCeleryTask(store, row, children.get(id) ?? [])]);
  }
  return Object.fromEntries(tasks);
};

const rowsAtOnce = 2_000;

/** Some of them, in the order of `ids`; those that are no longer remembered are left out. */
export function* celeryTasksInSlices(store: TaskStore, ids: readonly string[]): Sliced<readonly CeleryTask[]> {
  const children = new Map(ids.map((id) => [id, [] as string[]]));
  yield* byParts(
    store.rowLimit,
    (from, to) => {
      for (let row = from; row < to; row++) {
        if (store.columns.state[row] === noState) continue;
        const parent = store.texts.textOf(store.columns.input[row] ?? 0, parentIdField, () => '');
        if (parent) children.get(parent)?.push(store.idOf(row));
      }
    },
    rowsAtOnce,
  );
  return ids.flatMap((id) => {
    const row = store.find(id);
    return row < 0 ? [] : [toCeleryTask(store, row, children.get(id) ?? [])];
  });
}

const childrenByParent = (store: TaskStore): ReadonlyMap<string, string[]> => {
  const children = new Map<string, string[]>();
  for (let row = 0; row < store.rowLimit; row++) {
    if (store.columns.state[row] === noState) continue;
    const parent = store.texts.textOf(store.columns.input[row] ?? 0, parentIdField, () => '');
    if (!parent) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(store.idOf(row));
    else children.set(parent, [store.idOf(row)]);
  }
  return children;
};

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
