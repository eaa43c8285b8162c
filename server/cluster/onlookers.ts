/** Prometheus scrapes once a minute or more often; a view and a page report far more often while they are visible. */
export const looksForMs = 90_000;

/** Whether somebody looks at a cluster's figures: whoever asked for them lately is taken to look still. */
export class Onlookers {
  private readonly now: () => number;
  private lookedAt: number;

  /** Whoever opens a cluster looks at it. */
  constructor(now: () => number) {
    this.now = now;
    this.lookedAt = now();
  }

  note(): void {
    this.lookedAt = this.now();
  }

  get areThere(): boolean {
    return this.now() - this.lookedAt < looksForMs;
  }
}
