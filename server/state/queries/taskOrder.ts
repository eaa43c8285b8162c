import type { TaskSortColumn } from '../../api/tasks.ts';
import { flagIdIsText } from '../rows/taskColumns.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { finishedOf, waitSecondsOf } from '../rows/taskTimes.ts';
import { argsField, etaField, exceptionField, kwargsField, resultField } from '../texts/textWriter.ts';
import { rowsAtOnce, textsAtOnce } from './slices.ts';
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

export const makeTaskOrder = (store: TaskStore, column: TaskSortColumn): TaskOrder => {
  const { columns } = store;
  switch (column) {
    case 'updated':
      return byNumber((row) => columns.touched[row] ?? Number.NaN);
    case 'id':
      return byNumber((row) => idKeyOf(store, row));
    case 'state':
      return byName(store.states.names, (row) => columns.state[row] ?? 0);
    case 'name':
      return byName(textsOf(store), (row) => columns.name[row] ?? 0);
    case 'worker':
      return byName(textsOf(store), (row) => columns.worker[row] ?? 0);
    case 'client':
      return byName(textsOf(store), (row) => columns.client[row] ?? 0);
    case 'queue':
      return byName(textsOf(store), (row) => columns.queue[row] ?? 0);
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
};

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

/** The interner's strings by number; 0 is none. */
const textsOf = (store: TaskStore): readonly (string | null)[] => {
  const texts: (string | null)[] = new Array<string | null>(store.interner.limit).fill(null);
  for (const [text, id] of store.interner.entries()) texts[id] = text;
  return texts;
};

/** By a name that rows hold as a number: the names are put in order once, then ranks are compared. */
const byName = (names: readonly (string | null)[], numberOf: (row: number) => number): TaskOrder => {
  const sorted = [...new Set(names.filter((name) => name !== null))].sort();
  const ranks = new Map(sorted.map((name, rank) => [name, rank]));
  const keys = Float64Array.from(names, (name) => (name === null ? Number.NaN : (ranks.get(name) ?? Number.NaN)));
  const keyOf = (row: number): number => keys[numberOf(row)] ?? Number.NaN;
  return {
    isKeyPartial: false,
    keyOf,
    compareWhole: () => 0,
    placeOf: (row) => names[numberOf(row)] ?? null,
    // A name that is gone lies between its neighbours.
    keyOfPlace: (place) =>
      typeof place !== 'string' ? Number.NaN : (ranks.get(place) ?? sorted.findLastIndex((name) => name < place) + 0.5),
    compareWholeToPlace: () => 0,
  };
};

/** How many rows may be put in order without a pause. */
export const rowsAtOnceOf = ({ isKeyPartial }: TaskOrder): number => (isKeyPartial ? textsAtOnce : rowsAtOnce);
