/** What is kept of several by name, at most of `limit`: the one not heard of for longest makes room, once that is `idleMs`. */
export class LineBook<Line extends { lastAt: number }> {
  private readonly lines = new Map<string, Line>();
  private readonly limit: number;
  private readonly idleMs: number;
  private readonly make: () => Line;
  /** Before then nobody makes room: lines only become younger. */
  private fullUntil = Number.NEGATIVE_INFINITY;

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
      if (at < this.fullUntil) return null;
      const oldest = this.oldest();
      if (!oldest) return null;
      this.fullUntil = oldest.line.lastAt + this.idleMs;
      if (at < this.fullUntil) return null;
      this.lines.delete(oldest.name);
    }
    const line = this.make();
    this.lines.set(name, line);
    return line;
  }

  private oldest(): { readonly name: string; readonly line: Line } | null {
    let oldest: { readonly name: string; readonly line: Line } | null = null;
    for (const [name, line] of this.lines) if (!oldest || line.lastAt < oldest.line.lastAt) oldest = { name, line };
    return oldest;
  }
}
