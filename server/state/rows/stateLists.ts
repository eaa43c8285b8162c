import { evictionClassCount, evictionClassOf, stateLimit } from '../names/taskStates.ts';
import type { TaskColumns } from './taskColumns.ts';

const none = -1;

/**
 * One list per state, each from the last touched to the longest untouched, linked through the rows themselves. They give
 * the order of forgetting, the newest tasks at once, and the number of tasks in each state.
 */
export class StateLists {
  readonly newest = new Int32Array(stateLimit).fill(none);
  readonly oldest = new Int32Array(stateLimit).fill(none);
  readonly counts = new Uint32Array(stateLimit);
  private readonly columns: TaskColumns;
  /** States by eviction class; a custom state joins when its first task does. */
  private readonly classes: number[][] = Array.from({ length: evictionClassCount }, () => []);
  private readonly isClassed = new Uint8Array(stateLimit);

  constructor(columns: TaskColumns) {
    this.columns = columns;
  }

  /** Puts a row that is in no list at the new end of its state's. */
  add(row: number, state: number, stateName: string): void {
    if (this.isClassed[state] === 0) {
      this.isClassed[state] = 1;
      this.classes[evictionClassOf(state, stateName)]?.push(state);
    }
    const { newer, older } = this.columns;
    const head = this.newest[state] ?? none;
    newer[row] = none;
    older[row] = head;
    if (head === none) this.oldest[state] = row;
    else newer[head] = row;
    this.newest[state] = row;
    this.counts[state] = (this.counts[state] ?? 0) + 1;
  }

  remove(row: number, state: number): void {
    const { newer, older } = this.columns;
    const before = newer[row] ?? none;
    const after = older[row] ?? none;
    if (before === none) this.newest[state] = after;
    else older[before] = after;
    if (after === none) this.oldest[state] = before;
    else newer[after] = before;
    this.counts[state] = (this.counts[state] ?? 1) - 1;
  }

  /** The task to forget first, or -1 when there is none. */
  firstToForget(): number {
    for (const states of this.classes) {
      let found = none;
      for (const state of states) {
        const row = this.oldest[state] ?? none;
        if (row !== none && (found === none || this.touchedOf(row) < this.touchedOf(found))) found = row;
      }
      if (found !== none) return found;
    }
    return none;
  }

  private touchedOf(row: number): number {
    return this.columns.touched[row] ?? 0;
  }
}
