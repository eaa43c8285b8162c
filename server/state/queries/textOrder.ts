import type { TaskStore } from '../rows/taskStore.ts';
import { TextFinder } from '../texts/textFinder.ts';
import type { Place, TaskOrder } from './taskOrder.ts';

interface Found {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

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

  /** An order is made for one question: a text is covered once for it, however often it is compared. */
  private readonly looked = new Set<number>();
  private readonly covered = new Map<number, Buffer>();

  constructor(store: TaskStore, column: 'input' | 'outcome', field: number) {
    this.store = store;
    this.column = column;
    this.field = field;
    this.one = new TextFinder(store.arena);
    this.other = new TextFinder(store.arena);
  }

  keyOf(row: number): number {
    const found = this.find(this.one, row);
    return found ? keyOfBytes(found.bytes, found.start, found.end) : Number.NaN;
  }

  compareWhole(a: number, b: number): number {
    const one = this.find(this.one, a);
    const other = this.find(this.other, b);
    return one && other ? compareBytes(one.bytes, one.start, one.end, other.bytes, other.start, other.end) : 0;
  }

  /** As latin1, so that a text cut within a character stays what it was. */
  placeOf(row: number): Place {
    const found = this.find(this.one, row);
    if (!found) return null;
    return found.bytes.toString('latin1', found.start, Math.min(found.end, found.start + comparedBytes));
  }

  keyOfPlace(place: Place): number {
    if (typeof place !== 'string') return Number.NaN;
    const bytes = Buffer.from(place, 'latin1');
    return keyOfBytes(bytes, 0, bytes.length);
  }

  compareWholeToPlace(row: number, place: Place): number {
    const found = this.find(this.one, row);
    if (!found || typeof place !== 'string') return 0;
    const bytes = Buffer.from(place, 'latin1');
    return compareBytes(found.bytes, found.start, found.end, bytes, 0, bytes.length);
  }

  /** The text of the row as people see it: an order by what is covered, and its cursors, must not tell what it is. */
  private find(finder: TextFinder, row: number): Found | null {
    if (!finder.find(this.store.columns[this.column][row] ?? 0, this.field)) return null;
    if (!this.looked.has(row)) {
      this.looked.add(row);
      // More than is compared, so that what hides a secret sees where its value ends or that it is cut.
      const text = finder.bytes.toString('utf8', finder.start, Math.min(finder.end, finder.start + 4 * comparedBytes));
      const shown = this.store.show(text);
      if (shown !== text) this.covered.set(row, Buffer.from(shown, 'utf8'));
    }
    const bytes = this.covered.get(row);
    return bytes ? { bytes, start: 0, end: bytes.length } : finder;
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
