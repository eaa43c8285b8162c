import { stateLimit } from '../names/taskStates.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { foldAscii } from '../texts/shownTexts.ts';

const unknown = 0;
const matching = 1;
const other = 2;

/** Finds a text in what the columns name: the task type, the worker, the queue, the sender and the state. Each name is looked at once. */
export class NameSearch {
  private readonly store: TaskStore;
  private readonly wanted: string;
  private names = new Uint8Array(0);
  private readonly states = new Uint8Array(stateLimit);

  constructor(store: TaskStore, text: string) {
    this.store = store;
    this.wanted = foldAscii(text);
  }

  /** For when tasks may have gone, and names have been given to others. */
  forget(): void {
    this.names = new Uint8Array(this.store.interner.limit);
  }

  matches(row: number): boolean {
    const { columns } = this.store;
    return (
      this.isIn(columns.name[row] ?? 0) ||
      this.isIn(columns.worker[row] ?? 0) ||
      this.isIn(columns.queue[row] ?? 0) ||
      this.isIn(columns.client[row] ?? 0) ||
      this.isState(columns.state[row] ?? 0)
    );
  }

  private isIn(id: number): boolean {
    if (id === 0) return false;
    const known = this.names[id] ?? unknown;
    if (known !== unknown) return known === matching;
    const isHit = this.holds(this.store.interner.textOf(id));
    if (id < this.names.length) this.names[id] = isHit ? matching : other;
    return isHit;
  }

  private isState(code: number): boolean {
    if (this.states[code] === unknown)
      this.states[code] = this.holds(this.store.states.nameOf(code)) ? matching : other;
    return this.states[code] === matching;
  }

  private holds(text: string): boolean {
    return foldAscii(text).includes(this.wanted);
  }
}
