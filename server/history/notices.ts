import type { HistoryNotice } from '../api/history.ts';

const keptLimit = 20;
const repeatAfterMs = 600_000;

/** What went wrong with the history: to the log at once, and kept for who looks later. The same is said only now and then. */
export class Notices {
  private readonly log: (sentence: string) => void;
  private readonly now: () => number;
  private kept: readonly HistoryNotice[] = [];

  constructor(log: (sentence: string) => void, now: () => number) {
    this.log = log;
    this.now = now;
  }

  get all(): readonly HistoryNotice[] {
    return this.kept;
  }

  add(sentence: string): void {
    const at = this.now();
    if (this.kept.some((notice) => notice.sentence === sentence && at - notice.at < repeatAfterMs)) return;
    this.kept = [...this.kept, { at, sentence }].slice(-keptLimit);
    this.log(sentence);
  }
}
