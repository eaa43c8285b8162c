/**
 * How long the loop of this thread is held up at most, by its own work alone: measured by the clock of the thread, which
 * stands still while the machine does something else.
 */
export class CpuStalls {
  private longest = 0;
  private before = ms();
  private isOver = false;

  constructor() {
    setImmediate(() => this.turn());
  }

  /** The longest turn since this was last asked, in milliseconds. */
  take(): number {
    const { longest } = this;
    this.longest = 0;
    return longest;
  }

  end(): void {
    this.isOver = true;
  }

  private turn(): void {
    const now = ms();
    this.longest = Math.max(this.longest, now - this.before);
    this.before = now;
    if (!this.isOver) setImmediate(() => this.turn());
  }
}

const ms = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
