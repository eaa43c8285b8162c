/** Lets callers wait until something about the state holds; whoever changes the state says so by `changed`. */
export class Condition {
  private readonly waiting = new Set<() => void>();

  changed(): void {
    for (const check of this.waiting) check();
  }

  /** Resolves true as soon as `holds`, false when the time is over first. */
  async until(holds: () => boolean, timeoutMs: number): Promise<boolean> {
    if (holds()) return true;
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const check = (): void => {
      try {
        if (holds()) resolve(true);
      } catch (error) {
        // It is the question that fails, not the state that has changed.
        reject(error);
      }
    };
    const timer = setTimeout(() => resolve(false), timeoutMs);
    this.waiting.add(check);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(check);
    }
  }
}
