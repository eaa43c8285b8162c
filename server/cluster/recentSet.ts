/** The last of the texts that were added, as many as the limit; whichever came last is the last to be forgotten. */
export class RecentSet {
  private readonly limit: number;
  private readonly texts = new Set<string>();

  constructor(limit: number) {
    this.limit = limit;
  }

  add(text: string): void {
    this.texts.delete(text);
    this.texts.add(text);
    const [oldest] = this.texts;
    if (this.texts.size > this.limit && oldest !== undefined) this.texts.delete(oldest);
  }

  has(text: string): boolean {
    return this.texts.has(text);
  }
}
