/** Something that is tried again and again: the same failure is told once, not each time, and anew after it has worked. */
export class Complaint {
  private readonly log: (sentence: string) => void;
  private last: string | null = null;

  constructor(log: (sentence: string) => void) {
    this.log = log;
  }

  tell(sentence: string): void {
    if (sentence !== this.last) this.log(sentence);
    this.last = sentence;
  }

  /** It has worked. */
  over(): void {
    this.last = null;
  }
}
