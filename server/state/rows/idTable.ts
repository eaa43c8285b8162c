import type { IdWords } from '../names/taskId.ts';

const smallestCapacity = 1024;

/**
 * Finds a task's row by its id: open addressing with linear probing over typed arrays. A slot is two words, the hash and
 * the row plus one, so that a probe rarely looks further than its own cache line. Deleting shifts the followers back
 * instead of leaving tombstones: the table is as quick after a billion tasks as after the first.
 */
export class IdTable {
  /** The ids by row, four words each. */
  private ids: Int32Array;
  private slots: Int32Array;
  private mask: number;
  size = 0;

  constructor(rows: number) {
    this.ids = new Int32Array(rows * 4);
    this.mask = smallestCapacity - 1;
    this.slots = new Int32Array(smallestCapacity * 2);
  }

  growRows(rows: number): void {
    const more = new Int32Array(rows * 4);
    more.set(this.ids);
    this.ids = more;
  }

  /** The row of the id, or -1. */
  find(words: IdWords): number {
    const hash = hashOf(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0);
    const slots = this.slots;
    for (let slot = hash & this.mask; ; slot = (slot + 1) & this.mask) {
      const row = (slots[slot * 2 + 1] ?? 0) - 1;
      if (row < 0) return -1;
      if (slots[slot * 2] === hash && this.isAt(row, words)) return row;
    }
  }

  /** Enters an id that is not in the table. */
  add(words: IdWords, row: number): void {
    if (this.size * 2 >= this.mask) this.growSlots();
    this.ids.set(words, row * 4);
    this.place(hashOf(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0), row);
    this.size++;
  }

  delete(row: number): void {
    const { slots, mask } = this;
    let hole = this.slotOf(row);
    for (let slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
      const holder = slots[slot * 2 + 1] ?? 0;
      if (holder === 0) break;
      const hash = slots[slot * 2] ?? 0;
      // It may move back only as far as its own home.
      if (((slot - (hash & mask)) & mask) < ((slot - hole) & mask)) continue;
      slots[hole * 2] = hash;
      slots[hole * 2 + 1] = holder;
      hole = slot;
    }
    slots[hole * 2 + 1] = 0;
    this.size--;
  }

  /** Word `index` (0 to 3) of the id in `row`. */
  word(row: number, index: number): number {
    return this.ids[row * 4 + index] ?? 0;
  }

  /** How far the unluckiest id lies from its home; tests watch that hashing spreads them. */
  longestProbe(): number {
    let longest = 0;
    for (let slot = 0; slot <= this.mask; slot++) {
      if (this.slots[slot * 2 + 1] === 0) continue;
      longest = Math.max(longest, (slot - ((this.slots[slot * 2] ?? 0) & this.mask)) & this.mask);
    }
    return longest;
  }

  private isAt(row: number, words: IdWords): boolean {
    const { ids } = this;
    const at = row * 4;
    return ids[at] === words[0] && ids[at + 1] === words[1] && ids[at + 2] === words[2] && ids[at + 3] === words[3];
  }

  private slotOf(row: number): number {
    const hash = this.hashOfRow(row);
    let slot = hash & this.mask;
    while (this.slots[slot * 2 + 1] !== row + 1) slot = (slot + 1) & this.mask;
    return slot;
  }

  private hashOfRow(row: number): number {
    return hashOf(this.word(row, 0), this.word(row, 1), this.word(row, 2), this.word(row, 3));
  }

  private place(hash: number, row: number): void {
    const { slots, mask } = this;
    let slot = hash & mask;
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = row + 1;
  }

  private growSlots(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.mask = this.slots.length / 2 - 1;
    for (let at = 0; at < old.length; at += 2) {
      const holder = old[at + 1] ?? 0;
      if (holder !== 0) this.place(old[at] ?? 0, holder - 1);
    }
  }
}

/** Ids need not be random (UUID 1 and 7 are clocks), so their words are mixed well. */
const hashOf = (w0: number, w1: number, w2: number, w3: number): number => {
  let hash =
    Math.imul(w0 ^ Math.imul(w1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(w2 ^ Math.imul(w3, 0xc2b2ae35), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
};
