/** What is kept of several by name, at most of `limit`: the one not heard of for longest makes room, once that is `idleMs`. */
export class LineBook<Line extends { lastAt: number }> {
  private readonly lines = new Map<string, Line>();
  private readonly limit: number;
  private readonly idleMs: number;
  private readonly make: () => Line;

  constructor(limit: number, idleMs: number, make: () => Line) {
    this.limit = limit;
    this.idleMs = idleMs;
    this.make = make;
  }

  get names(): readonly string[] {
    return [...this.lines.keys()];
  }

  get(name: string): Line | undefined {
    return this.lines.get(name);
  }

  entries(): readonly (readonly [string, Line])[] {
    return [...this.lines];
  }

  /** The line of what is heard of at `at`; null where there is no room for it. */
  hear(name: string, at: number): Line | null {
    const line = this.lines.get(name) ?? this.add(name, at);
    if (line) line.lastAt = at;
    return line;
  }

  private add(name: string, at: number): Line | null {
    if (this.lines.size >= this.limit) {
      const [oldest] = [...this.lines].sort(([, a], [, b]) => a.lastAt - b.lastAt);
      if (!oldest || at - oldest[1].lastAt < this.idleMs) return null;
      this.lines.delete(oldest[0]);
    }
    const line = this.make();
    this.lines.set(name, line);
    return line;
  }
}
