import { taskKinds } from '../names/eventTypes.ts';
import { noState } from '../names/taskStates.ts';

/** Bits of `flags`. */
export const flagTerminated = 1;
export const flagExpired = 2;
/** The last event named the task as its own parent, as the second reception after a retry does. */
export const flagParentIsSelf = 4;
/** The id is not a UUID; its text is kept with the other texts. */
export const flagIdIsText = 8;
export const flagHasEta = 16;
/** It ended, and who keeps the tasks that end has not taken it yet (`EndedTasks`). */
export const flagIsUnsaved = 32;

/** The columns of strings: numbers of the interner, each of which holds its string. */
export const labelNames = ['name', 'worker', 'client', 'queue', 'exchange', 'routingKey', 'tracebackHead'] as const;
/** The columns of texts: blocks of the text arena. */
export const blockNames = ['input', 'outcome'] as const;

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** A column is made one row long; what it holds there, it holds of each task of which nothing is known yet. */
const bytes = (empty = 0): Uint8Array => new Uint8Array([empty]);
const words = (): Uint32Array => new Uint32Array(1);
const signed = (empty: number): Int32Array => new Int32Array([empty]);
const doubles = (empty = Number.NaN): Float64Array => new Float64Array([empty]);

/**
 * The tasks, one row each, one array per field: about 200 bytes a task, and nothing for the garbage collector to visit.
 * Times are seconds as the events give them, NaN for none. Strings are numbers of the interner or blocks of the text arena,
 * 0 for none. A row is free while its state is `noState`. The fields are the table of columns: how they grow and how a row
 * is emptied follows from them.
 */
export class TaskColumns {
  capacity = 1;
  state = bytes(noState);
  flags = bytes();
  signal = bytes();
  /** -1 for none. */
  retries = signed(-1);
  name = words();
  worker = words();
  client = words();
  queue = words();
  exchange = words();
  routingKey = words();
  tracebackHead = words();
  input = words();
  outcome = words();
  sent = doubles();
  received = doubles();
  started = doubles();
  succeeded = doubles();
  failed = doubles();
  retried = doubles();
  revoked = doubles();
  rejected = doubles();
  timestamp = doubles();
  clock = doubles(0);
  runtime = doubles();
  /** Milliseconds by our clock. */
  firstSeenAt = doubles(0);
  updatedAt = doubles(0);
  /** The number of the last event of the task: a strict order of recency. */
  touched = doubles(0);
  /** Links of the list the row is in (`StateLists`), or of the free rows. */
  newer = signed(-1);
  older = signed(-1);
  private readonly all = columnsOf(this);
  /** The same by the type of their arrays: a loop over one type is several times as fast as one over all. */
  private doubleColumns: readonly { readonly values: Float64Array; readonly empty: number }[] = [];
  private wordColumns: readonly Uint32Array[] = [];
  private signedColumns: readonly { readonly values: Int32Array; readonly empty: number }[] = [];
  private byteColumns: readonly { readonly values: Uint8Array; readonly empty: number }[] = [];
  labels: readonly Uint32Array[] = [];
  blocks: readonly Uint32Array[] = [];
  /** By the kind of the event whose time they hold. */
  times: readonly Float64Array[] = [];

  constructor(capacity: number) {
    this.grow(capacity);
  }

  /** One column after the other, so that no more than one is there twice. */
  grow(capacity: number): void {
    this.capacity = capacity;
    this.labels = this.blocks = this.times = [];
    this.doubleColumns = this.wordColumns = this.signedColumns = this.byteColumns = [];
    for (const column of this.all) {
      column.values = grown(column.values, capacity, column.empty);
      Object.assign(this, { [column.name]: column.values });
    }
    this.labels = labelNames.map((name) => this[name]);
    this.blocks = blockNames.map((name) => this[name]);
    this.times = taskKinds.map((kind) => this[kind]);
    this.doubleColumns = this.all.flatMap(({ values, empty }) =>
      values instanceof Float64Array ? [{ values, empty }] : [],
    );
    this.wordColumns = this.all.flatMap(({ values }) => (values instanceof Uint32Array ? [values] : []));
    this.signedColumns = this.all.flatMap(({ values, empty }) =>
      values instanceof Int32Array ? [{ values, empty }] : [],
    );
    this.byteColumns = this.all.flatMap(({ values, empty }) =>
      values instanceof Uint8Array ? [{ values, empty }] : [],
    );
  }

  /** Makes `row` a task of which nothing is known yet. */
  reset(row: number, receivedAt: number): void {
    for (const column of this.doubleColumns) column.values[row] = column.empty;
    for (const values of this.wordColumns) values[row] = 0;
    for (const column of this.signedColumns) column.values[row] = column.empty;
    for (const column of this.byteColumns) column.values[row] = column.empty;
    this.firstSeenAt[row] = receivedAt;
    this.updatedAt[row] = receivedAt;
  }

  /** The column of the time at which an event of this kind happened (`taskKinds`). */
  timeOf(kind: number): Float64Array | null {
    return kind < 0 ? null : (this.times[kind] ?? null);
  }
}

const isColumn = (value: unknown): value is Column =>
  value instanceof Uint8Array ||
  value instanceof Uint32Array ||
  value instanceof Int32Array ||
  value instanceof Float64Array;

const columnsOf = (fields: object): { readonly name: string; values: Column; readonly empty: number }[] =>
  Object.entries(fields).flatMap(([name, values]: [string, unknown]) =>
    isColumn(values) ? [{ name, values, empty: values[0] ?? 0 }] : [],
  );

const grown = (old: Column, capacity: number, empty: number): Column => {
  const fresh = ofKind(old, capacity).fill(empty);
  fresh.set(old);
  return fresh;
};

const ofKind = (column: Column, capacity: number): Column => {
  if (column instanceof Uint8Array) return new Uint8Array(capacity);
  if (column instanceof Uint32Array) return new Uint32Array(capacity);
  return column instanceof Int32Array ? new Int32Array(capacity) : new Float64Array(capacity);
};
