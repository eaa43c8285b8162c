/** Puts rows in the order of their keys, keeping equal ones as they stand; those without a key (NaN) come last either way. */
export const sortRows = (rows: Int32Array, keyOf: (row: number) => number, descending: boolean): Int32Array => {
  const count = rows.length;
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  const number = new Float64Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let at = 0; at < count; at++) {
    const key = keyOf(rows[at] ?? 0);
    if (Number.isNaN(key)) {
      high[at] = low[at] = 0xffffffff;
      continue;
    }
    // Zero has two signs.
    number[0] = key === 0 ? 0 : key;
    const [lowBits = 0, highBits = 0] = bits;
    // As whole numbers, doubles are in their own order once the negative ones are turned over.
    const isNegative = highBits >>> 31 === 1;
    const sortedHigh = isNegative ? ~highBits : highBits ^ 0x80000000;
    const sortedLow = isNegative ? ~lowBits : lowBits;
    high[at] = descending ? ~sortedHigh : sortedHigh;
    low[at] = descending ? ~sortedLow : sortedLow;
  }
  let order: Int32Array = new Int32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  for (const { words, shift } of digitsOf(low, high)) order = sortByDigit(order, words, shift);
  return order.map((at) => rows[at] ?? 0);
};

const digitsOf = (low: Uint32Array, high: Uint32Array) => [
  { words: low, shift: 0 },
  { words: low, shift: 16 },
  { words: high, shift: 0 },
  { words: high, shift: 16 },
];

const digits = 65_536;

/** One pass of a radix sort; a digit in which all agree costs only the counting. */
const sortByDigit = (order: Int32Array, words: Uint32Array, shift: number): Int32Array => {
  const starts = new Uint32Array(digits + 1);
  for (const word of words) {
    const next = ((word >>> shift) & 0xffff) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  if (starts.includes(words.length, 1)) return order;
  for (let digit = 1; digit < digits; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Int32Array(order.length);
  for (const at of order) {
    const digit = ((words[at] ?? 0) >>> shift) & 0xffff;
    const place = starts[digit] ?? 0;
    sorted[place] = at;
    starts[digit] = place + 1;
  }
  return sorted;
};
