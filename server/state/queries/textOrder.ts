import type { TaskStore } from '../rows/taskStore.ts';
import { TextFinder } from '../texts/textFinder.ts';
import type { Place, TaskOrder } from './taskOrder.ts';

const keyBytes = 6;
/** Texts that agree so far count as equal. */
const comparedBytes = 200;

/** By a text of the arena: its first bytes as a number, and the rest only between equals. */
export class TextOrder implements TaskOrder {
  readonly isKeyPartial = true;
  private readonly store: TaskStore;
  private readonly field: number;
  private readonly column: 'input' | 'outcome';
  private readonly one: TextFinder;
  private readonly other: TextFinder;

  constructor(store: TaskStore, column: 'input' | 'outcome', field: number) {
    this.store = store;
    this.column = column;
    this.field = field;
    this.one = new TextFinder(store.arena);
    this.other = new TextFinder(store.arena);
  }

  keyOf(row: number): number {
    const { one } = this;
    return this.find(one, row) ? keyOfBytes(one.bytes, one.start, one.end) : Number.NaN;
  }

  compareWhole(a: number, b: number): number {
    const { one, other } = this;
    if (!this.find(one, a) || !this.find(other, b)) return 0;
    return compareBytes(one.bytes, one.start, one.end, other.bytes, other.start, other.end);
  }

  /** As latin1, so that a text cut within a character stays what it was. */
  placeOf(row: number): Place {
    const { one } = this;
    if (!this.find(one, row)) return null;
    return one.bytes.toString('latin1', one.start, Math.min(one.end, one.start + comparedBytes));
  }

  keyOfPlace(place: Place): number {
    if (typeof place !== 'string') return Number.NaN;
    const bytes = Buffer.from(place, 'latin1');
    return keyOfBytes(bytes, 0, bytes.length);
  }

  compareWholeToPlace(row: number, place: Place): number {
    const { one } = this;
    if (!this.find(one, row) || typeof place !== 'string') return 0;
    const bytes = Buffer.from(place, 'latin1');
    return compareBytes(one.bytes, one.start, one.end, bytes, 0, bytes.length);
  }

  private find(finder: TextFinder, row: number): boolean {
    return finder.find(this.store.columns[this.column][row] ?? 0, this.field);
  }
}

const keyOfBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let key = 0;
  for (let at = start; at < start + keyBytes; at++) key = key * 256 + (at < end ? (bytes[at] ?? 0) : 0);
  return key;
};

const compareBytes = (
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number => {
  const aLength = Math.min(aEnd - aStart, comparedBytes);
  const bLength = Math.min(bEnd - bStart, comparedBytes);
  const shared = Math.min(aLength, bLength);
  for (let at = 0; at < shared; at++) {
    const difference = (a[aStart + at] ?? 0) - (b[bStart + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
};
