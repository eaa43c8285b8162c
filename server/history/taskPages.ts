import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { Task, TaskPage, TaskQuery, TaskSortColumn } from '../api/tasks.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { decodeCursor, encodeCursor, type TaskCursor } from '../state/queries/taskCursor.ts';
import type { Place } from '../state/queries/taskOrder.ts';
import { addFits } from './fitsFunction.ts';
import type { Texts } from './readTexts.ts';
import { addShown, shown } from './shownFunction.ts';
import { fromStoredId, toStoredId } from './storedId.ts';
import { taskConditions } from './taskConditions.ts';
import { readTaskSql, toSummary, toTask } from './taskRecord.ts';
import { type Condition, exceptionText } from './textCondition.ts';

const usualLimit = 50;
const largestLimit = 1000;
const cursorMark = 'disk.';
const newestFirst = { column: 'updated', descending: true } as const;

const label = (column: string): string => `(SELECT value FROM label WHERE id = task.${column})`;

const orders: Readonly<Record<TaskSortColumn, string>> = {
  updated: 'updated_at',
  id: 'id',
  state: label('state'),
  name: label('name'),
  worker: label('worker'),
  client: label('client'),
  queue: label('queue'),
  args: shown('args'),
  kwargs: shown('kwargs'),
  result: shown('result'),
  exception: shown(exceptionText),
  sent: 'sent_at',
  received: 'received_at',
  started: 'started_at',
  finished: 'finished_at',
  runtime: 'runtime',
  wait: 'wait',
  retries: 'retries',
  eta: 'eta',
};

/** Reads tasks back: pages that answer the same queries as the tasks in memory do, and single tasks. */
export class TaskPages {
  private readonly database: ReadOnlyDatabase;
  private readonly labels: Texts;
  private readonly byRow: StatementSync;
  private readonly byId: StatementSync;
  private readonly children: StatementSync;

  constructor(database: ReadOnlyDatabase, labels: Texts, redactPatterns: readonly string[]) {
    addShown(database, redactPatterns);
    addFits(database);
    this.database = database;
    this.labels = labels;
    this.byRow = database.prepare(`${readTaskSql} WHERE row = ?`);
    this.byId = database.prepare(`${readTaskSql} WHERE id = ?`);
    this.children = database.prepare('SELECT id FROM task WHERE parent = ? ORDER BY first_seen_at, row');
  }

  task(id: string): Task | null {
    const stored = toStoredId(id);
    const row = this.byId.get(stored);
    if (!row) return null;
    return toTask(
      row,
      this.children.all(stored).flatMap((child) => fromStoredId(child['id']) ?? []),
    );
  }

  /** `held` is how many tasks there are. */
  page(query: TaskQuery, held: number): TaskPage {
    const limit = limitOf(query.limit);
    const found = this.find(query, limit + 1);
    const tasks = found.slice(0, limit).flatMap(({ row }) => {
      const whole = this.byRow.get(row);
      return whole ? [toSummary(whole)] : [];
    });
    const last = found[limit - 1];
    const hasMore = found.length > limit && last !== undefined;
    return {
      tasks,
      nextCursor: hasMore ? cursorMark + encodeCursor(query, { place: last.place, touched: last.row }) : null,
      matching: !hasMore && query.cursor === undefined ? tasks.length : null,
      held,
    };
  }

  /** Only the rows' numbers and places: sorting need not carry their texts about. */
  private find(query: TaskQuery, most: number): readonly { readonly row: number; readonly place: Place }[] {
    const { column, descending } = query.sort ?? newestFirst;
    const order = orders[column];
    const conditions = [...taskConditions(query, this.labels)];
    if (query.cursor !== undefined) conditions.push(behind(column, descending, cursorOf(query, query.cursor)));
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
    const missingLast = column === 'updated' ? '' : 'NULLS LAST';
    const rows = this.database
      .prepare(
        `SELECT row, ${order} AS place FROM task ${where} ORDER BY ${order} ${descending ? 'DESC' : 'ASC'} ${missingLast}, row DESC LIMIT ?`,
      )
      .all(...conditions.flatMap(({ values }) => values), most);
    return rows.map(({ row, place }) => ({
      row: Number(row),
      place: place instanceof Uint8Array ? fromStoredId(place) : typeof place === 'bigint' ? null : (place ?? null),
    }));
  }
}

const limitOf = (limit: number | undefined): number =>
  limit === undefined || !Number.isFinite(limit) ? usualLimit : Math.min(largestLimit, Math.max(1, Math.floor(limit)));

const cursorOf = (query: TaskQuery, cursor: string): TaskCursor => {
  if (!cursor.startsWith(cursorMark)) {
    throw new CeleriacError('badRequest', phrase('page.otherCursor'));
  }
  return decodeCursor(query, cursor.slice(cursorMark.length));
};

/** Behind the last row of the page before: tasks without a value come last, among equals the newest row first. */
const behind = (column: TaskSortColumn, descending: boolean, { place, touched: row }: TaskCursor): Condition => {
  const order = orders[column];
  if (place === null) return { sql: `(${order} IS NULL AND row < ?)`, values: [row] };
  const value: SQLInputValue = column === 'id' && typeof place === 'string' ? toStoredId(place) : place;
  const sign = descending ? '<' : '>';
  const further = `(${order} ${sign} ? OR (${order} = ? AND row < ?)`;
  // Without the bound the index would be read from its end again for each page.
  if (column === 'updated')
    return { sql: `(updated_at ${sign}= ? AND ${further}))`, values: [value, value, value, row] };
  return { sql: `${further} OR ${order} IS NULL)`, values: [value, value, row] };
};
