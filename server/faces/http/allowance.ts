export interface AllowanceRule {
  /** How many may be taken at once, after a while without any. */
  readonly burst: number;
  readonly perSecond: number;
}

const keyLimit = 1_024;

/** How often each client may have something. What was taken longest ago is forgotten, so it cannot grow. */
export class Allowance {
  private readonly everyMs: number;
  private readonly burstMs: number;
  /** When each would have used up what it took, had it come at the pace that is allowed. */
  private readonly usedUpAt = new Map<string, number>();

  constructor({ burst, perSecond }: AllowanceRule) {
    this.everyMs = 1_000 / perSecond;
    this.burstMs = burst * this.everyMs;
  }

  /** Takes one; or says in how many milliseconds there is one. */
  take(key: string, now: number): number {
    // A clock that was set back leaves no debt beyond the burst.
    const before = Math.min(this.usedUpAt.get(key) ?? now, now + this.burstMs);
    const after = Math.max(before, now) + this.everyMs;
    if (after - now > this.burstMs) return Math.ceil(after - now - this.burstMs);
    this.usedUpAt.delete(key);
    this.usedUpAt.set(key, after);
    if (this.usedUpAt.size > keyLimit) this.usedUpAt.delete(this.usedUpAt.keys().next().value ?? '');
    return 0;
  }
}
