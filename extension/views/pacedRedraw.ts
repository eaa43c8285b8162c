/**
 * Runs `draw` when something has changed, at most once in `everyMs`, and again and again while what is drawn grows older
 * ("2 m ago") and somebody looks.
 */
export class PacedRedraw {
  private readonly draw: () => void;
  private readonly everyMs: number;
  private pending: NodeJS.Timeout | null = null;
  private ages: NodeJS.Timeout | null = null;

  constructor(draw: () => void, everyMs: number) {
    this.draw = draw;
    this.everyMs = everyMs;
  }

  soon(): void {
    this.pending ??= setTimeout(() => {
      this.pending = null;
      this.draw();
    }, this.everyMs);
  }

  /** Whether what is drawn has ages in it that somebody sees. */
  age(isWanted: boolean): void {
    if (isWanted) this.ages ??= setInterval(this.draw, agesMs);
    else this.stopAges();
  }

  dispose(): void {
    if (this.pending) clearTimeout(this.pending);
    this.pending = null;
    this.stopAges();
  }

  private stopAges(): void {
    if (this.ages) clearInterval(this.ages);
    this.ages = null;
  }
}

const agesMs = 30_000;
