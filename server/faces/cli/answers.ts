import { unlessAborted } from '../../waits/unlessAborted.ts';
import type { Listening } from './listening.ts';

/** How long nobody new must speak up, where the broker does not tell how many there are. */
const quietMs = 300;

/** Notes which workers spoke up, and knows when all have. */
export class Answers {
  private readonly heard = new Set<string>();
  private readonly beats = new Set<string>();
  private onAnswer: () => void = () => undefined;

  get count(): number {
    return this.heard.size;
  }

  readonly note = (event: Readonly<Record<string, unknown>>): void => {
    const { type, hostname } = event;
    if (typeof type !== 'string' || typeof hostname !== 'string') return;
    if (!type.startsWith('worker-') || type === 'worker-offline' || this.heard.has(hostname)) return;
    this.heard.add(hostname);
    this.onAnswer();
  };

  /** A beat takes the call for heartbeats too, and does not answer it. */
  readonly noteBeat = (hostname: string): void => {
    this.beats.add(hostname);
    this.onAnswer();
  };

  /**
   * Waits until as many workers have spoken up as were called, or the time is over; where their number is unknown, until
   * nobody new has spoken for a while. Resolves with the number of workers that were called.
   */
  async complete(called: Listening['called'], timeoutMs: number, signal: AbortSignal): Promise<number | null> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    try {
      const expected = await this.everybody(called, AbortSignal.any([signal, limit.signal]));
      return expected === null ? null : Math.max(this.count, expected - this.beats.size);
    } finally {
      clearTimeout(timer);
    }
  }

  private async everybody(called: Listening['called'], limit: AbortSignal): Promise<number | null> {
    const expected = await unlessAborted(called, limit, () => null);
    if (limit.aborted || (expected !== null && this.areAllThere(expected))) return expected;
    let quiet: NodeJS.Timeout | undefined;
    const spoken = new Promise<void>((resolve) => {
      this.onAnswer = () => {
        if (expected !== null) return this.areAllThere(expected) ? resolve() : undefined;
        clearTimeout(quiet);
        quiet = setTimeout(resolve, quietMs);
      };
    });
    if (this.count > 0) this.onAnswer();
    await unlessAborted(spoken, limit, () => undefined);
    clearTimeout(quiet);
    return expected;
  }

  private areAllThere(called: number): boolean {
    return this.count + this.beats.size >= called;
  }
}
