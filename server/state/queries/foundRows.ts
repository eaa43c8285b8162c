import type { TaskStore } from '../rows/taskStore.ts';

/** Rows that a search has found, while tasks come and go: a row that holds another task by now is not among them. */
export class FoundRows {
  private readonly store: TaskStore;
  private readonly isFound: Uint8Array;
  private readonly marks: Int32Array;

  constructor(store: TaskStore) {
    this.store = store;
    this.isFound = new Uint8Array(store.rowLimit);
    this.marks = new Int32Array(store.rowLimit);
  }

  /** A row that was made since the search began lies beyond the arrays, which ignore it. */
  add(row: number): void {
    this.isFound[row] = 1;
    this.marks[row] = this.store.ids.word(row, 3);
  }

  has(row: number): boolean {
    return this.isFound[row] === 1 && this.marks[row] === this.store.ids.word(row, 3);
  }
}
