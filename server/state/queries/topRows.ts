/** Keeps the first `limit` of all rows offered, by a comparison of rows with their keys: a heap whose root is the last. */
export class TopRows {
  private readonly limit: number;
  private readonly compare: (a: number, aKey: number, b: number, bKey: number) => number;
  private readonly rows: number[] = [];
  private readonly keys: number[] = [];

  constructor(limit: number, compare: (a: number, aKey: number, b: number, bKey: number) => number) {
    this.limit = limit;
    this.compare = compare;
  }

  offer(row: number, key: number): void {
    const { rows, keys } = this;
    if (rows.length < this.limit) {
      rows.push(row);
      keys.push(key);
      this.rise(rows.length - 1);
    } else if (this.compare(row, key, rows[0] ?? 0, keys[0] ?? 0) < 0) {
      rows[0] = row;
      keys[0] = key;
      this.sink(0);
    }
  }

  /** The rows kept, first to last. */
  sorted(): number[] {
    const entries = this.rows.map((row, index) => ({ row, key: this.keys[index] ?? 0 }));
    return entries.sort((a, b) => this.compare(a.row, a.key, b.row, b.key)).map(({ row }) => row);
  }

  private isLater(a: number, b: number): boolean {
    const { rows, keys } = this;
    return this.compare(rows[a] ?? 0, keys[a] ?? 0, rows[b] ?? 0, keys[b] ?? 0) > 0;
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.isLater(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ; ) {
      let latest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.rows.length && this.isLater(child, latest)) latest = child;
      }
      if (latest === at) return;
      this.swap(at, latest);
      at = latest;
    }
  }

  private swap(a: number, b: number): void {
    const { rows, keys } = this;
    const row = rows[a] ?? 0;
    const key = keys[a] ?? 0;
    rows[a] = rows[b] ?? 0;
    keys[a] = keys[b] ?? 0;
    rows[b] = row;
    keys[b] = key;
  }
}
