const relativeError = 0.02;
const gamma = (1 + relativeError) / (1 - relativeError);
const bucketsPerLog = 1 / Math.log(gamma);
const shortest = 1e-6;
const longest = 1e9;
/** Holds what is too short to be told apart. */
const lowest = Math.ceil(Math.log(shortest) * bucketsPerLog) - 1;
const roomBeside = 8;
const headBytes = 12;
const longestVarint = 5;

/** The bucket of a duration; buckets grow by 4 %, so that the middle of one is within 2 % of all it holds. */
export const bucketOf = (seconds: number): number =>
  seconds <= shortest ? lowest : Math.ceil(Math.log(Math.min(seconds, longest)) * bucketsPerLog);

const middleOf = (bucket: number): number => (bucket <= lowest ? 0 : (2 * gamma ** bucket) / (gamma + 1));

/**
 * Quantiles of durations without keeping them (the idea of DDSketch): counts in logarithmic buckets, as many as the span
 * from the shortest to the longest needs. Two sketches add up to the sketch of both.
 */
export class QuantileSketch {
  private counts = new Uint32Array(0);
  private first = 0;
  total = 0;
  sum = 0;

  add(bucket: number, seconds: number): void {
    let at = bucket - this.first;
    if (at < 0 || at >= this.counts.length) {
      this.widen(bucket, bucket);
      at = bucket - this.first;
    }
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.total++;
    this.sum += seconds;
  }

  merge(other: QuantileSketch): void {
    if (other.total === 0) return;
    this.widen(other.first, other.first + other.counts.length - 1);
    const shift = other.first - this.first;
    for (let at = 0; at < other.counts.length; at++) {
      this.counts[at + shift] = (this.counts[at + shift] ?? 0) + (other.counts[at] ?? 0);
    }
    this.total += other.total;
    this.sum += other.sum;
  }

  /** The sketch in few bytes, for `mergePacked` to add to another: the sum, the first bucket, then the counts. */
  pack(): Uint8Array {
    const { counts } = this;
    const from = counts.findIndex((count) => count > 0);
    const used = counts.subarray(Math.max(0, from), counts.findLastIndex((count) => count > 0) + 1);
    const bytes = new Uint8Array(headBytes + used.length * longestVarint);
    const head = new DataView(bytes.buffer);
    head.setFloat64(0, this.sum);
    head.setInt32(8, this.first + Math.max(0, from));
    let at = headBytes;
    for (let rest of used) {
      for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
      bytes[at++] = rest;
    }
    return bytes.slice(0, at);
  }

  /** Adds what `pack` has written. */
  mergePacked(bytes: Uint8Array): void {
    const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = head.getInt32(8);
    let buckets = 0;
    for (let at = headBytes; at < bytes.length; at++) if ((bytes[at] ?? 0) < 128) buckets++;
    if (buckets === 0) return;
    this.sum += head.getFloat64(0);
    this.widen(first, first + buckets - 1);
    for (let at = headBytes, bucket = first - this.first; at < bytes.length; bucket++) {
      let count = 0;
      for (let shift = 0; ; shift += 7) {
        const part = bytes[at++] ?? 0;
        count += (part & 127) * 2 ** shift;
        if (part < 128) break;
      }
      this.counts[bucket] = (this.counts[bucket] ?? 0) + count;
      this.total += count;
    }
  }

  reset(): void {
    this.counts.fill(0);
    this.total = 0;
    this.sum = 0;
  }

  get mean(): number | null {
    return this.total === 0 ? null : this.sum / this.total;
  }

  /** The value below which the share `q` of all values lies; null when there are none. */
  quantile(q: number): number | null {
    if (this.total === 0) return null;
    const rank = Math.floor(q * (this.total - 1));
    let seen = 0;
    for (let at = 0; at < this.counts.length; at++) {
      seen += this.counts[at] ?? 0;
      if (seen > rank) return middleOf(this.first + at);
    }
    return null;
  }

  private widen(from: number, to: number): void {
    const { counts, first } = this;
    const end = first + counts.length;
    if (counts.length > 0 && from >= first && to < end) return;
    const low = counts.length === 0 ? from : Math.min(first, from);
    const high = counts.length === 0 ? to + 1 : Math.max(end, to + 1);
    // Some room on the side that had to give, so that neighbours do not each move everything.
    this.first = low < first || counts.length === 0 ? Math.max(lowest, low - roomBeside) : low;
    const wider = new Uint32Array(high + (high > end ? roomBeside : 0) - this.first);
    wider.set(counts, counts.length === 0 ? 0 : first - this.first);
    this.counts = wider;
  }
}
