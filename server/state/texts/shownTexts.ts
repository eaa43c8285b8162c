/** What of a text people may see. The state knows no secrets; whoever makes it says how they are covered. */
export type ShowText = (text: string) => string;

export const showAll: ShowText = (text) => text;

/** ASCII capitals and small letters are the same, as the search in bytes holds them. */
export const foldAscii = (text: string): string => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

/**
 * Whether a text that was found in the bytes of another can be seen there too: whoever searches for a secret must not learn
 * by the number of tasks found that it was right. The text last looked at is remembered, as it may hold many places.
 */
export class ShownTexts {
  private readonly show: ShowText;
  private readonly wanted: string;
  private bytes: Buffer | null = null;
  private start = -1;
  private isShown = false;
  private readonly fits: ((shown: string) => boolean) | undefined;

  /** `fits`: what more is asked of the text as it is shown. */
  constructor(show: ShowText, wanted: string, fits?: (shown: string) => boolean) {
    this.show = show;
    this.wanted = foldAscii(wanted);
    this.fits = fits;
  }

  /** For when the bytes may have changed since. */
  forget(): void {
    this.bytes = null;
  }

  holds(bytes: Buffer, start: number, end: number): boolean {
    if (bytes === this.bytes && start === this.start) return this.isShown;
    const text = bytes.toString('utf8', start, end);
    const shown = this.show(text);
    this.bytes = bytes;
    this.start = start;
    this.isShown = (shown === text || foldAscii(shown).includes(this.wanted)) && (this.fits?.(shown) ?? true);
    return this.isShown;
  }
}
