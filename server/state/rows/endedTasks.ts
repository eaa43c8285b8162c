import { failure, rejected, retry, revoked, success } from '../names/taskStates.ts';
import { type EndedBatch, idWords, numbersPerTask, wordsPerTask } from './endedBatch.ts';
import { flagIsUnsaved } from './taskColumns.ts';
import type { TaskStore } from './taskStore.ts';
import { finishedOf, waitSecondsOf } from './taskTimes.ts';

const usualLimit = 65_536;
const firstBytes = 65_536;
/** A batch goes to the history's thread in one piece. */
const batchBytes = 32 * 1024 * 1024;

/**
 * Remembers which tasks have ended until somebody takes them away to keep. A mark is one number in a ring and one bit of
 * the row; a task marked twice is taken once. When nobody takes, the oldest marks are dropped and counted.
 */
export class EndedTasks {
  private readonly store: TaskStore;
  private readonly rows: Int32Array;
  private readonly packer: Packer;
  private readonly limitBytes: number;
  private first = 0;
  private marks = 0;
  /** Tasks that nobody took in time. */
  dropped = 0;

  constructor(store: TaskStore, limit = usualLimit, limitBytes = Number.POSITIVE_INFINITY) {
    this.limitBytes = limitBytes;
    this.store = store;
    this.rows = new Int32Array(limit);
    this.packer = new Packer(store);
  }

  /** Of the texts of tasks that were set aside. */
  get bytesHeld(): number {
    return this.packer.byteLength;
  }

  /** How many wait, give or take some that were forgotten meanwhile. */
  get size(): number {
    return this.marks + this.packer.size;
  }

  /** Before an event for a task in state `before`: a failed run is set aside whole, for the next may end within the second. */
  beforeEvent(row: number, before: number): void {
    if (before === retry || before === failure) this.leaving(row);
  }

  /** After an event that found the task in state `before` and left it in `after`. */
  note(row: number, before: number, after: number): void {
    if (after === retry || isEnd(after) || isEnd(before)) this.mark(row);
  }

  /** What is known of the task in `row` is about to be lost: if it is still to be kept, it is set aside whole. */
  leaving(row: number): void {
    if (!this.unmark(row)) return;
    if (this.packer.size < this.rows.length && this.packer.byteLength < this.limitBytes) this.packer.add(row);
    else this.dropped++;
  }

  /** Hands over the oldest of those that wait, and all that were set aside; null when there are none. */
  take(most: number): EndedBatch | null {
    while (this.marks > 0 && this.packer.size < most && this.packer.byteLength < batchBytes) {
      const row = this.shift();
      if (this.unmark(row)) this.packer.add(row);
    }
    return this.packer.size === 0 ? null : this.packer.finish();
  }

  private mark(row: number): void {
    const { flags } = this.store.columns;
    const old = flags[row] ?? 0;
    if ((old & flagIsUnsaved) !== 0) return;
    if (this.marks === this.rows.length && this.unmark(this.shift())) this.dropped++;
    flags[row] = old | flagIsUnsaved;
    this.rows[(this.first + this.marks++) % this.rows.length] = row;
  }

  /** Whether the row was marked; its place in the ring may outlive the mark. */
  private unmark(row: number): boolean {
    const { flags } = this.store.columns;
    const old = flags[row] ?? 0;
    flags[row] = old & ~flagIsUnsaved;
    return (old & flagIsUnsaved) !== 0;
  }

  private shift(): number {
    const row = this.rows[this.first] ?? 0;
    this.first = (this.first + 1) % this.rows.length;
    this.marks--;
    return row;
  }
}

const isEnd = (state: number): boolean =>
  state === success || state === failure || state === revoked || state === rejected;

/** Copies rows into a batch. */
class Packer {
  private readonly store: TaskStore;
  private numbers = new Float64Array(0);
  private words = new Int32Array(0);
  private bytes = Buffer.alloc(0);
  byteLength = 0;
  private strings: string[] = [''];
  private readonly stringOf = new Map<string, number>();
  size = 0;

  constructor(store: TaskStore) {
    this.store = store;
  }

  /** In the order of `wordNames` and `numberNames`. */
  add(row: number): void {
    const { columns, ids, states } = this.store;
    this.ensure();
    const { words, numbers } = this;
    let word = this.size * wordsPerTask;
    for (let part = 0; part < idWords; part++) words[word++] = ids.word(row, part);
    words[word++] = columns.flags[row] ?? 0;
    words[word++] = columns.signal[row] ?? 0;
    words[word++] = columns.retries[row] ?? -1;
    words[word++] = this.string(states.nameOf(columns.state[row] ?? 0));
    for (const labels of columns.labels) words[word++] = this.label(labels[row] ?? 0);
    for (const blocks of columns.blocks) words[word++] = this.block(blocks[row] ?? 0);
    let number = this.size * numbersPerTask;
    for (const times of columns.times) numbers[number++] = times[row] ?? Number.NaN;
    numbers[number++] = finishedOf(this.store, row);
    numbers[number++] = columns.timestamp[row] ?? Number.NaN;
    numbers[number++] = columns.runtime[row] ?? Number.NaN;
    numbers[number++] = waitSecondsOf(this.store, row);
    numbers[number++] = columns.firstSeenAt[row] ?? 0;
    numbers[number++] = columns.updatedAt[row] ?? 0;
    this.size++;
  }

  finish(): EndedBatch {
    const { size, strings } = this;
    const batch = {
      size,
      numbers: this.numbers.slice(0, size * numbersPerTask),
      words: this.words.slice(0, size * wordsPerTask),
      strings,
      bytes: new Uint8Array(this.bytes.subarray(0, this.byteLength)),
    };
    this.size = 0;
    this.byteLength = 0;
    this.strings = [''];
    this.stringOf.clear();
    return batch;
  }

  private label(id: number): number {
    return id === 0 ? 0 : this.string(this.store.interner.textOf(id));
  }

  private string(text: string): number {
    let index = this.stringOf.get(text);
    if (index === undefined) {
      index = this.strings.push(text) - 1;
      this.stringOf.set(text, index);
    }
    return index;
  }

  private block(handle: number): number {
    if (handle === 0) return -1;
    const page = this.store.arena.pageOf(handle);
    const from = this.store.arena.offsetIn(page, handle);
    const at = this.byteLength;
    const end = at + page.blockSize;
    if (end > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(end, this.bytes.length * 2, firstBytes));
      this.bytes.copy(larger, 0, 0, at);
      this.bytes = larger;
    }
    page.bytes.copy(this.bytes, at, from, from + page.blockSize);
    this.byteLength = end;
    return at;
  }

  private ensure(): void {
    if ((this.size + 1) * numbersPerTask <= this.numbers.length) return;
    const capacity = Math.max(256, this.size * 2);
    const numbers = new Float64Array(capacity * numbersPerTask);
    numbers.set(this.numbers);
    this.numbers = numbers;
    const words = new Int32Array(capacity * wordsPerTask);
    words.set(this.words);
    this.words = words;
  }
}
