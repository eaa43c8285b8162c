const mostChars = 1_000_000;
const longestKept = 8_192;

/** Texts that were covered lately: the same sentences and arguments are shown many times a second. */
export class TextMemory {
  private readonly cover: (text: string) => string;
  private readonly kept = new Map<string, string>();
  private chars = 0;

  constructor(cover: (text: string) => string) {
    this.cover = cover;
  }

  of(text: string): string {
    if (text.length > longestKept) return this.cover(text);
    const known = this.kept.get(text);
    if (known !== undefined) return known;
    const shown = this.cover(text);
    if (this.chars > mostChars) {
      this.kept.clear();
      this.chars = 0;
    }
    this.kept.set(text, shown);
    this.chars += text.length + shown.length;
    return shown;
  }
}
