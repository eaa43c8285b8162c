import type { TaskPage, TaskQuery } from '../../api/tasks.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import type { FoundRows } from './foundRows.ts';
import { atOnce, byParts, type Sliced } from './slices.ts';
import { decodeCursor, encodeCursor, type TaskCursor } from './taskCursor.ts';
import { makeTaskFilter, type TaskFilter } from './taskFilter.ts';
import { makeTaskOrder, rowsAtOnceOf, type TaskOrder } from './taskOrder.ts';
import { toSummary } from './taskView.ts';
import { TextSearch } from './textSearch.ts';
import { TopRows } from './topRows.ts';

const usualLimit = 50;
const largestLimit = 1000;
/** How far the newest tasks are looked through one by one before all are taken at once. */
const walkLimit = 20_000;
/** The same where texts are looked at: a walk cannot be left and gone on with, as the lists change meanwhile. */
const walkLimitOfTexts = 256;

/** To follow the list of a state costs some times as much as to go through all rows. */
const fewStatesShare = 6;

const newestFirst = { column: 'updated', descending: true } as const;

/** All of `queryTasksInSlices` without a pause. */
export const queryTasks = (store: TaskStore, query: TaskQuery): TaskPage => atOnce(queryTasksInSlices(store, query));

/**
 * Answers one page: the newest tasks by walking their lists, anything else by one pass over the columns. `countAll`: how many
 * match must be known, whatever that costs.
 */
export function* queryTasksInSlices(store: TaskStore, query: TaskQuery, count?: 'countAll'): Sliced<TaskPage> {
  const limit = limitOf(query.limit);
  const sort = query.sort ?? newestFirst;
  const filter = makeTaskFilter(store, query);
  const search = query.text ? new TextSearch(store, query.text) : null;
  const isNewestFirst = sort.column === 'updated' && sort.descending && query.cursor === undefined;
  const walked = isNewestFirst ? walk(store, filter, search, limit + 1) : null;
  const order = yield* makeTaskOrder(store, sort.column);
  const isEnough = walked !== null && (walked.matching !== null || count === undefined);
  const found = isEnough || search === null ? null : yield* search.findAll();
  if (!isEnough && filter.where?.hasTexts) yield* filter.where.prepare();
  const scanned = { store, query, filter, found, order, descending: sort.descending };
  const { rows, matching, hasMore } = isEnough ? walked : yield* scan(scanned, limit + 1);
  const last = rows[Math.min(limit, rows.length) - 1];
  return {
    tasks: rows.slice(0, limit).map((row) => toSummary(store, row)),
    nextCursor:
      hasMore && last !== undefined
        ? encodeCursor(query, { place: order.placeOf(last), touched: store.columns.touched[last] ?? 0 })
        : null,
    matching,
    held: store.held,
  };
}

const limitOf = (limit: number | undefined): number =>
  limit === undefined || !Number.isFinite(limit) ? usualLimit : Math.min(largestLimit, Math.max(1, Math.floor(limit)));

interface Found {
  readonly rows: readonly number[];
  readonly matching: number | null;
  readonly hasMore: boolean;
}

/** From the newest task back, merging the lists of the states; null when the page is not full within the limit. */
const walk = (store: TaskStore, filter: TaskFilter, search: TextSearch | null, wanted: number): Found | null => {
  const { columns, lists } = store;
  const heads = Int32Array.from(lists.newest, (row, state) => (filter.states[state] === 1 ? row : -1));
  const rows: number[] = [];
  const visits = search || filter.where?.hasTexts ? walkLimitOfTexts : walkLimit;
  for (let visited = 0; visited < visits; visited++) {
    let next = -1;
    for (const row of heads) {
      if (row >= 0 && (next < 0 || (columns.touched[row] ?? 0) > (columns.touched[next] ?? 0))) next = row;
    }
    if (next < 0 || rows.length === wanted)
      return {
        rows,
        matching: matchingOf(store, filter, search, rows, next < 0),
        hasMore: rows.length === wanted,
      };
    heads[columns.state[next] ?? 0] = columns.older[next] ?? -1;
    if (filter.matches(next) && (search === null || search.matches(next))) rows.push(next);
  }
  return null;
};

const matchingOf = (
  store: TaskStore,
  filter: TaskFilter,
  search: TextSearch | null,
  rows: readonly number[],
  isAll: boolean,
): number | null => {
  if (isAll) return rows.length;
  if (search !== null || !filter.isByStateOnly) return null;
  return store.lists.counts.reduce((sum, count, state) => (filter.states[state] === 1 ? sum + count : sum), 0);
};

interface Scanned {
  readonly store: TaskStore;
  readonly query: TaskQuery;
  readonly filter: TaskFilter;
  readonly found: FoundRows | null;
  readonly order: TaskOrder;
  readonly descending: boolean;
}

/** One pass over all tasks that keeps the first of those behind the cursor. */
function* scan({ store, query, filter, found, order, descending }: Scanned, wanted: number): Sliced<Found> {
  const cursor = query.cursor === undefined ? null : decodeCursor(query, query.cursor);
  const compare = comparison(store, order, descending);
  const isBehind = cursor === null ? null : behind(store, order, descending, cursor);
  const top = new TopRows(wanted, compare);
  let matching = 0;
  const visit = (row: number): void => {
    if (found !== null && !found.has(row)) return;
    if (!filter.matches(row)) return;
    matching++;
    const key = order.keyOf(row);
    if (isBehind === null || isBehind(row, key)) top.offer(row, key);
  };
  // Rows are mostly as old as their numbers: from the end that is wanted, hardly anything is kept only to be dropped.
  const listed = rowsOfFewStates(store, filter);
  const count = listed?.length ?? store.rowLimit;
  yield* byParts(
    count,
    (from, to) => {
      for (let at = from; at < to; at++) {
        const place = descending ? count - 1 - at : at;
        visit(listed ? (listed[place] ?? -1) : place);
      }
    },
    rowsAtOnceOf(order),
  );
  // Meanwhile tasks may have gone.
  const rows = top.sorted();
  const isStill = (row: number): boolean => filter.matches(row) && (found === null || found.has(row));
  return { rows: rows.filter(isStill), matching, hasMore: rows.length === wanted };
}

/** Where few of all tasks are in the states that are asked for, their lists tell which; ascending by their age. */
const rowsOfFewStates = ({ lists, columns, rowLimit }: TaskStore, filter: TaskFilter): Int32Array | null => {
  const states = [...lists.counts].flatMap((count, state) => (count > 0 && filter.states[state] === 1 ? [state] : []));
  const count = states.reduce((sum, state) => sum + (lists.counts[state] ?? 0), 0);
  if (count > rowLimit / fewStatesShare) return null;
  const rows = new Int32Array(count);
  let at = count;
  for (const state of states)
    for (let row = lists.newest[state] ?? -1; row >= 0 && at > 0; row = columns.older[row] ?? -1) rows[--at] = row;
  return rows;
};

type Compare = (a: number, aKey: number, b: number, bKey: number) => number;

/** By key, then by the whole value, then the last touched first; rows without a value come last. */
const comparison = (store: TaskStore, order: TaskOrder, descending: boolean): Compare => {
  const { touched } = store.columns;
  const sign = descending ? -1 : 1;
  return (a, aKey, b, bKey) => {
    if (aKey < bKey) return -sign;
    if (aKey > bKey) return sign;
    if (aKey !== bKey) {
      const missing = Number(Number.isNaN(aKey)) - Number(Number.isNaN(bKey));
      if (missing !== 0) return missing;
    } else {
      const whole = order.compareWhole(a, b);
      if (whole !== 0) return whole * sign;
    }
    return (touched[b] ?? 0) - (touched[a] ?? 0);
  };
};

const behind = (
  store: TaskStore,
  order: TaskOrder,
  descending: boolean,
  cursor: TaskCursor,
): ((row: number, key: number) => boolean) => {
  const { touched } = store.columns;
  const sign = descending ? -1 : 1;
  const placeKey = order.keyOfPlace(cursor.place);
  const isPlaceMissing = Number.isNaN(placeKey);
  return (row, key) => {
    if (Number.isNaN(key)) return !isPlaceMissing || (touched[row] ?? 0) < cursor.touched;
    if (key !== placeKey) return (key - placeKey) * sign > 0;
    const whole = order.compareWholeToPlace(row, cursor.place);
    return whole === 0 ? (touched[row] ?? 0) < cursor.touched : whole * sign > 0;
  };
};
