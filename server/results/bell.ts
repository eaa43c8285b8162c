/** Rings for one listener; a ring that nobody is listening to is kept for the next time. */
export class Bell {
  private rung = false;
  private broken: unknown = null;
  private wake: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.wake();
  }

  /** It will never ring again. */
  break(error: unknown): void {
    this.broken = error;
    this.wake();
  }

  /** Resolves with the next ring, or after `longestMs`, or on abort. Rejects once it is broken. */
  async heard(longestMs: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !this.broken && !signal.aborted) await this.listen(longestMs, signal);
    this.rung = false;
    if (this.broken) throw this.broken;
    signal.throwIfAborted();
  }

  private async listen(longestMs: number, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, longestMs);
      signal.addEventListener('abort', this.wake);
    });
    signal.removeEventListener('abort', this.wake);
    clearTimeout(timer);
  }
}
