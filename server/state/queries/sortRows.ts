import { byParts, rowsAtOnce, type Sliced } from './slices.ts';

/**
 * Puts rows in the order of their keys, keeping equal ones as they stand; those without a key (NaN) come last either way. The
 * keys are read first: what becomes of the rows meanwhile does not matter.
 */
export function* sortRows(
  rows: Int32Array,
  keyOf: (row: number) => number,
  descending: boolean,
  keysAtOnce = rowsAtOnce,
): Sliced<Int32Array> {
  const count = rows.length;
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  yield* byParts(count, (from, to) => readKeys(rows, keyOf, descending, { low, high }, from, to), keysAtOnce);
  let order: Int32Array = new Int32Array(count);
  yield* byParts(count, (from, to) => {
    for (let at = from; at < to; at++) order[at] = at;
  });
  for (const { words, shift } of digitsOf(low, high)) order = yield* sortByDigit(order, words, shift);
  const sorted = new Int32Array(count);
  yield* byParts(count, (from, to) => {
    for (let at = from; at < to; at++) sorted[at] = rows[order[at] ?? 0] ?? 0;
  });
  return sorted;
}

/** As whole numbers, doubles are in their own order once the negative ones are turned over. */
const readKeys = (
  rows: Int32Array,
  keyOf: (row: number) => number,
  descending: boolean,
  { low, high }: { readonly low: Uint32Array; readonly high: Uint32Array },
  from: number,
  to: number,
): void => {
  const number = new Float64Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let at = from; at < to; at++) {
    const key = keyOf(rows[at] ?? 0);
    if (Number.isNaN(key)) {
      high[at] = low[at] = 0xffffffff;
      continue;
    }
    // Zero has two signs.
    number[0] = key === 0 ? 0 : key;
    const [lowBits = 0, highBits = 0] = bits;
    const isNegative = highBits >>> 31 === 1;
    const sortedHigh = isNegative ? ~highBits : highBits ^ 0x80000000;
    const sortedLow = isNegative ? ~lowBits : lowBits;
    high[at] = descending ? ~sortedHigh : sortedHigh;
    low[at] = descending ? ~sortedLow : sortedLow;
  }
};

const digitsOf = (low: Uint32Array, high: Uint32Array) => [
  { words: low, shift: 0 },
  { words: low, shift: 16 },
  { words: high, shift: 0 },
  { words: high, shift: 16 },
];

const digits = 65_536;

/** One pass of a radix sort; a digit in which all agree costs only the counting. */
function* sortByDigit(order: Int32Array, words: Uint32Array, shift: number): Sliced<Int32Array> {
  const starts = new Uint32Array(digits + 1);
  yield* byParts(words.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const next = (((words[at] ?? 0) >>> shift) & 0xffff) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
  });
  if (starts.includes(words.length, 1)) return order;
  for (let digit = 1; digit < digits; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Int32Array(order.length);
  yield* byParts(order.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const at = order[index] ?? 0;
      const digit = ((words[at] ?? 0) >>> shift) & 0xffff;
      const place = starts[digit] ?? 0;
      sorted[place] = at;
      starts[digit] = place + 1;
    }
  });
  return sorted;
}
