import type { SQLInputValue } from 'node:sqlite';
import type { EndedTask } from '../state/rows/endedBatch.ts';
import { toStoredId } from './storedId.ts';

/** The numbers that shared texts have on disk. */
export interface SharedTexts {
  label(text: string | null): number | null;
  text(text: string | null): number | null;
}

/**
 * How two accounts of one task become one: two windows may watch it, or a backend that knew only its end was started again.
 * `known`: what the later account says, or else the earlier. `later`: what the later one says, even if that is nothing.
 */
type Merge = 'known' | 'later' | 'max' | 'min';

interface Column {
  readonly name: string;
  readonly merge: Merge;
  readonly value: (task: EndedTask, shared: SharedTexts) => SQLInputValue;
}

const column = (name: string, merge: Merge, value: Column['value']): Column => ({ name, merge, value });

/** For the bits of `flags`. */
export const terminatedBit = 1;
export const expiredBit = 2;

/** Stands for "the task itself" where the id of the root is kept. */
export const ownRoot = 1;

const columns: readonly Column[] = [
  column('state', 'later', (task, { label }) => label(task.state)),
  column('name', 'known', (task, { label }) => label(task.name)),
  column('worker', 'known', (task, { label }) => label(task.worker)),
  column('client', 'known', (task, { label }) => label(task.client)),
  column('queue', 'known', (task, { label }) => label(task.queue)),
  column('exchange', 'known', (task, { label }) => label(task.exchange)),
  column('routing_key', 'known', (task, { label }) => label(task.routingKey)),
  column('updated_at', 'max', (task) => task.updatedAt),
  column('finished_at', 'later', (task) => task.finishedAt),
  column('runtime', 'known', (task) => task.runtimeSeconds),
  column('wait', 'known', (task) => task.waitSeconds),
  column('first_seen_at', 'min', (task) => task.firstSeenAt),
  column('event_at', 'max', (task) => task.eventAt),
  column('sent_at', 'known', (task) => task.sentAt),
  column('received_at', 'known', (task) => task.receivedAt),
  column('started_at', 'known', (task) => task.startedAt),
  column('succeeded_at', 'known', (task) => task.succeededAt),
  column('failed_at', 'known', (task) => task.failedAt),
  column('retried_at', 'known', (task) => task.retriedAt),
  column('revoked_at', 'known', (task) => task.revokedAt),
  column('rejected_at', 'known', (task) => task.rejectedAt),
  column('retries', 'known', (task) => task.retries),
  column('flags', 'known', ({ terminated, expired }) => flagsOf(terminated, expired)),
  column('signal', 'known', (task) => task.signal),
  column('args', 'known', (task) => task.args),
  column('kwargs', 'known', (task) => task.kwargs),
  column('result', 'known', (task) => task.result),
  column('eta', 'known', (task) => task.eta),
  column('expires', 'known', (task) => task.expires),
  column('exception', 'known', (task, { text }) => text(task.exception)),
  column('trace_head', 'known', (task, { text }) => text(task.tracebackHead)),
  column('trace_tail', 'known', (task) => task.tracebackTail),
  column('root', 'known', ({ id, rootId }) => (rootId === null ? null : rootId === id ? ownRoot : toStoredId(rootId))),
  column('parent', 'known', ({ parentId }) => (parentId === null ? null : toStoredId(parentId))),
];

const flagsOf = (terminated: boolean, expired: boolean): number | null =>
  (terminated ? terminatedBit : 0) + (expired ? expiredBit : 0) || null;

const merged = ({ name, merge }: Column): string => {
  const isLater = 'excluded.event_at >= event_at';
  switch (merge) {
    case 'known':
      return `${name} = iif(${isLater}, coalesce(excluded.${name}, ${name}), coalesce(${name}, excluded.${name}))`;
    case 'later':
      return `${name} = iif(${isLater}, excluded.${name}, ${name})`;
    case 'max':
      return `${name} = max(excluded.${name}, ${name})`;
    case 'min':
      return `${name} = min(excluded.${name}, ${name})`;
    default:
      return merge satisfies never;
  }
};

const names = columns.map(({ name }) => name).join(', ');
const places = columns.map(() => '?').join(', ');
const onConflict = `ON CONFLICT (id) DO UPDATE SET ${columns.map(merged).join(', ')}`;

/** Enters a task, or adds to what is there. Its values are `valuesOf`. Node.js 22.13 binds no numbered parameters. */
export const saveTaskSql = `INSERT INTO task (id, ${names}) VALUES (?, ${places}) ${onConflict}`;

/** As `saveTaskSql`, but only for a task that is there already; behind its values it wants the id once more. */
export const amendTaskSql = `INSERT INTO task (id, ${names}) SELECT ?, ${places} WHERE EXISTS (SELECT 1 FROM task WHERE id = ?) ${onConflict}`;

export const valuesOf = (task: EndedTask, shared: SharedTexts): SQLInputValue[] => {
  const values: SQLInputValue[] = [toStoredId(task.id)];
  for (const { value } of columns) values.push(value(task, shared));
  return values;
};
