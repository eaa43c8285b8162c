/** Reasons are few by design; should they ever not be, the rest share one line. */
const reasonLimit = 50;
const longestReason = 120;
const otherReasons = 'other reasons';

/** How many messages could not be read, by reason. */
export class InvalidCounts {
  private readonly byReason = new Map<string, number>();
  total = 0;

  add(reason: string, count: number): void {
    const short = reason.slice(0, longestReason);
    const key = this.byReason.has(short) || this.byReason.size < reasonLimit ? short : otherReasons;
    this.byReason.set(key, (this.byReason.get(key) ?? 0) + count);
    this.total += count;
  }

  toRecord(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.byReason);
  }
}
