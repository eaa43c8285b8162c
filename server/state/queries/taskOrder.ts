import type { TaskSortColumn } from '../../api/tasks.ts';
import { flagIdIsText } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { finishedOf, waitSecondsOf } from '../rows/taskTimes.ts';
import { argsField, etaField, exceptionField, kwargsField, resultField } from '../texts/textWriter.ts';
import { mergeSort } from './mergeSort.ts';
import { byParts, forEachOf, rowsAtOnce, type Sliced, textsAtOnce } from './slices.ts';
import { TextOrder } from './textOrder.ts';

/** A place in an order, as a cursor carries it: a number, or a text where the column holds texts. */
export type Place = number | string | null;

/** How rows are ordered by one column, ascending. */
export interface TaskOrder {
  /** Whether rows of the same key may still differ. */
  readonly isKeyPartial: boolean;
  /** The row's value, or enough of it; NaN when it has none. */
  keyOf(row: number): number;
  /** Decides between rows of equal keys, where the key is not the whole value. */
  compareWhole(a: number, b: number): number;
  placeOf(row: number): Place;
  /** The key of a place, for `keyOf` to be compared with. */
  keyOfPlace(place: Place): number;
  compareWholeToPlace(row: number, place: Place): number;
}

export function* makeTaskOrder(store: TaskStore, column: TaskSortColumn): Sliced<TaskOrder> {
  const { columns } = store;
  switch (column) {
    case 'updated':
      return byNumber((row) => columns.touched[row] ?? Number.NaN);
    case 'id':
      return byNumber((row) => idKeyOf(store, row));
    case 'state':
      return byState(store);
    case 'name':
      return yield* byName(store, columns.name);
    case 'worker':
      return yield* byName(store, columns.worker);
    case 'client':
      return yield* byName(store, columns.client);
    case 'queue':
      return yield* byName(store, columns.queue);
    case 'args':
      return new TextOrder(store, 'input', argsField);
    case 'kwargs':
      return new TextOrder(store, 'input', kwargsField);
    case 'eta':
      return new TextOrder(store, 'input', etaField);
    case 'result':
      return new TextOrder(store, 'outcome', resultField);
    case 'exception':
      return new TextOrder(store, 'outcome', exceptionField);
    case 'sent':
      return byNumber((row) => columns.sent[row] ?? Number.NaN);
    case 'received':
      return byNumber((row) => columns.received[row] ?? Number.NaN);
    case 'started':
      return byNumber((row) => columns.started[row] ?? Number.NaN);
    case 'finished':
      return byNumber((row) => finishedOf(store, row));
    case 'runtime':
      return byNumber((row) => columns.runtime[row] ?? Number.NaN);
    case 'wait':
      return byNumber((row) => waitSecondsOf(store, row));
    case 'retries':
      return byNumber((row) => ((columns.retries[row] ?? -1) < 0 ? Number.NaN : (columns.retries[row] ?? -1)));
    default:
      return column satisfies never;
  }
}

const byNumber = (keyOf: (row: number) => number): TaskOrder => ({
  isKeyPartial: false,
  keyOf,
  compareWhole: () => 0,
  placeOf: (row) => {
    const key = keyOf(row);
    return Number.isNaN(key) ? null : key;
  },
  keyOfPlace: (place) => (typeof place === 'number' ? place : Number.NaN),
  compareWholeToPlace: () => 0,
});

/** The first 52 bits of a UUID; ids that are none come behind, in no order that means anything. */
const idKeyOf = (store: TaskStore, row: number): number => {
  const key = (store.ids.word(row, 0) >>> 0) * 2 ** 20 + (store.ids.word(row, 1) >>> 12);
  return ((store.columns.flags[row] ?? 0) & flagIdIsText) === 0 ? key : key + 2 ** 52;
};

/** By the names of the states, which are few. */
const byState = ({ states, columns }: TaskStore): TaskOrder => {
  const { names } = states;
  const sorted = [...names].sort();
  return byRank(
    { sorted, rankOf: names.map((name) => sorted.indexOf(name)), nameOf: (id) => names[id] ?? null },
    columns.state,
  );
};

/** By a name that rows hold as a number: the names that there are get put in order once, then ranks are compared. */
function* byName({ interner, rowLimit }: TaskStore, numbers: ArrayLike<number>): Sliced<TaskOrder> {
  const nameOf = new Map<number, string>();
  const rankOf = new Float64Array(interner.limit).fill(Number.NaN);
  yield* byParts(rowLimit, (from, to) => {
    for (let row = from; row < to; row++) {
      const id = numbers[row] ?? 0;
      if (id === 0 || rankOf[id] === 0) continue;
      rankOf[id] = 0;
      nameOf.set(id, interner.textOf(id));
    }
  });
  const sorted = yield* mergeSort([...nameOf.values()], (a, b) => (a < b ? -1 : Number(a > b)));
  const ranks = new Map<string, number>();
  const rank = (name: string): void => void ranks.set(name, ranks.size);
  yield* forEachOf(sorted, rank, rowsAtOnce);
  const keep = ([id, name]: readonly [number, string]): void => {
    rankOf[id] = ranks.get(name) ?? Number.NaN;
  };
  yield* forEachOf(nameOf, keep, rowsAtOnce);
  return byRank({ sorted, rankOf, nameOf: (id) => nameOf.get(id) ?? null }, numbers);
}

interface Ranks {
  readonly sorted: readonly string[];
  readonly rankOf: ArrayLike<number>;
  nameOf(id: number): string | null;
}

const byRank = ({ sorted, rankOf, nameOf }: Ranks, numbers: ArrayLike<number>): TaskOrder => ({
  isKeyPartial: false,
  keyOf: (row) => rankOf[numbers[row] ?? 0] ?? Number.NaN,
  compareWhole: () => 0,
  placeOf: (row) => nameOf(numbers[row] ?? 0),
  // A name that is gone lies between its neighbours.
  keyOfPlace: (place) => {
    if (typeof place !== 'string') return Number.NaN;
    const last = sorted.findLastIndex((name) => name <= place);
    return sorted[last] === place ? last : last + 0.5;
  },
  compareWholeToPlace: () => 0,
});

/** How many rows may be put in order without a pause. */
export const rowsAtOnceOf = ({ isKeyPartial }: TaskOrder): number => (isKeyPartial ? textsAtOnce : rowsAtOnce);
