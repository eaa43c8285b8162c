import type { TaskQuery, TaskWindow, TaskWindowQuery } from '../../api/tasks.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { mergeSort } from './mergeSort.ts';
import { queryTasksInSlices } from './queryTasks.ts';
import { byParts, type Sliced, textsAtOnce } from './slices.ts';
import { sortRows } from './sortRows.ts';
import { makeTaskFilter } from './taskFilter.ts';
import { makeTaskOrder, rowsAtOnceOf, type TaskOrder } from './taskOrder.ts';
import { toSummary, toWholeSummary } from './taskView.ts';
import { TextSearch } from './textSearch.ts';

/** The rows that matched a query, in its order, as they were when it was asked. */
interface FrozenOrder {
  readonly rows: Int32Array;
  /** A part of each task's id: rows are used again when a task is forgotten. */
  readonly marks: Int32Array;
}

const newestFirst = { column: 'updated', descending: true } as const;
const ordersKept = 4;
const largestLimit = 1_000;

/**
 * Windows into long lists. The first rows come as they are now; whoever looks further gets an order that stands still, so
 * that rows do not move away under the eyes while tasks come and go, and any place in a million costs the same.
 */
export class TaskOrders {
  private readonly store: TaskStore;
  private readonly kept = new Map<number, FrozenOrder>();
  private made = 0;

  constructor(store: TaskStore) {
    this.store = store;
  }

  /** Putting a million rows in order takes a while; between the slices, events may come and rows go. */
  *window({ query, offset, limit: asked, order, isWhole = false }: TaskWindowQuery): Sliced<TaskWindow> {
    const limit = Math.min(largestLimit, Math.max(1, asked));
    const frozen = order === null ? undefined : this.use(order);
    if (order === null && offset === 0) return yield* this.newest(query, limit, isWhole);
    if (frozen && order !== null) return this.cut(order, frozen, offset, limit, isWhole);
    const number = yield* this.freeze(query);
    return this.cut(number, this.use(number), offset, limit, isWhole);
  }

  private *newest(query: TaskQuery, limit: number, isWhole: boolean): Sliced<TaskWindow> {
    const { tasks, matching } = yield* queryTasksInSlices(this.store, { ...query, limit }, 'countAll');
    const rows = isWhole ? tasks.flatMap(({ id }) => toWholeSummary(this.store, this.store.find(id))) : tasks;
    return { order: null, offset: 0, rows, total: matching ?? tasks.length, held: this.store.held };
  }

  private cut(
    order: number,
    frozen: FrozenOrder | undefined,
    offset: number,
    limit: number,
    isWhole: boolean,
  ): TaskWindow {
    const { store } = this;
    const rows = frozen?.rows.subarray(offset, offset + limit) ?? [];
    const view = isWhole ? toWholeSummary : toSummary;
    return {
      order,
      offset,
      rows: Array.from(rows, (row, at) =>
        store.ids.word(row, 3) === frozen?.marks[offset + at] && store.isHeld(row) ? view(store, row) : null,
      ),
      total: frozen?.rows.length ?? 0,
      held: store.held,
    };
  }

  /** What was used last is kept longest. */
  private use(number: number): FrozenOrder | undefined {
    const frozen = this.kept.get(number);
    if (!frozen) return undefined;
    this.kept.delete(number);
    this.kept.set(number, frozen);
    return frozen;
  }

  private *freeze(query: TaskQuery): Sliced<number> {
    const { store } = this;
    const { column, descending } = query.sort ?? newestFirst;
    const order = yield* makeTaskOrder(store, column);
    const { touched } = store.columns;
    const { found, markOf } = yield* matchingRows(store, query);
    const byTouch = yield* sortRows(found, (row) => touched[row] ?? 0, true);
    const isSorted = column === 'updated' && descending;
    const rows = isSorted
      ? byTouch
      : yield* sortRows(byTouch, (row) => order.keyOf(row), descending, rowsAtOnceOf(order));
    yield* sortEqualKeys(rows, order, descending);
    const marks = new Int32Array(rows.length);
    yield* byParts(rows.length, (from, to) => {
      for (let at = from; at < to; at++) marks[at] = markOf[rows[at] ?? 0] ?? 0;
    });
    this.made += 1;
    const number = this.made;
    this.kept.set(number, { rows, marks });
    for (const oldest of this.kept.keys()) if (this.kept.size > ordersKept) this.kept.delete(oldest);
    return number;
  }
}

interface Matching {
  readonly found: Int32Array;
  /** Of each row that was found, a part of its task's id. */
  readonly markOf: Int32Array;
}

function* matchingRows(store: TaskStore, query: TaskQuery): Sliced<Matching> {
  const filter = makeTaskFilter(store, query);
  if (filter.where?.hasTexts) yield* filter.where.prepare();
  const withText = query.text ? yield* new TextSearch(store, query.text).findAll() : null;
  yield;
  const { rowLimit } = store;
  const rows = new Int32Array(rowLimit);
  const markOf = new Int32Array(rowLimit);
  let count = 0;
  yield* byParts(rowLimit, (from, to) => {
    for (let row = from; row < to; row++) {
      if ((withText !== null && !withText.has(row)) || !filter.matches(row)) continue;
      rows[count++] = row;
      markOf[row] = store.ids.word(row, 3);
    }
  });
  return { found: rows.subarray(0, count), markOf };
}

/** The key of a text is only its beginning. */
function* sortEqualKeys(rows: Int32Array, order: TaskOrder, descending: boolean): Sliced<void> {
  if (!order.isKeyPartial) return;
  const sign = descending ? -1 : 1;
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const key = order.keyOf(rows[from] ?? 0);
    for (to = from + 1; to < rows.length && order.keyOf(rows[to] ?? 0) === key; to++) if (to % textsAtOnce === 0) yield;
    if (to - from > 1)
      rows.set(yield* mergeSort([...rows.subarray(from, to)], (a, b) => order.compareWhole(a, b) * sign), from);
    yield;
  }
}
