const mostKept = 20;

/** Answers that are good for a while, by what was asked. */
export class Remembered<T> {
  private readonly answers = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
  private readonly goodForMs: number;

  constructor(goodForMs: number) {
    this.goodForMs = goodForMs;
  }

  get(key: string, now: number, read: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known && now - known.at < this.goodForMs) return known.answer;
    const answer = read();
    this.answers.delete(key);
    this.answers.set(key, { at: now, answer });
    const [oldest] = this.answers.keys();
    if (this.answers.size > mostKept && oldest !== undefined) this.answers.delete(oldest);
    // What failed is asked again by the next.
    answer.catch(() => this.answers.delete(key));
    return answer;
  }
}
