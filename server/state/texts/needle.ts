import type { TextPage } from './textArena.ts';

/** The bytes of Python reprs, the most frequent first; what is not among them is rarer still. */
const frequent = ` '0,:e1a2t3rid_no4s5678l9cm"pu{}()h.fg[]-bvywk/@xjqz`;

const ranks = (() => {
  const table = new Uint8Array(256).fill(frequent.length);
  for (let at = 0; at < frequent.length; at++) table[frequent.charCodeAt(at)] = at;
  return table;
})();

const folded = (() => {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) table[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  return table;
})();

const lowBits = 0x01010101;
const highBits = 0x80808080 | 0;
/** Sets what makes a capital small; it blurs some other bytes too, which the exact comparison then sorts out. */
const caseBits = 0x20202020;

/** A text to be found in bytes, with ASCII capitals and small letters the same. */
export class Needle {
  private readonly bytes: Uint8Array;
  /** Where its rarest byte is, and that byte four times over. */
  private readonly rareAt: number;
  private readonly rareWord: number;

  constructor(text: string) {
    this.bytes = Uint8Array.from(Buffer.from(text, 'utf8'), (byte) => folded[byte] ?? byte);
    let rareAt = 0;
    for (const [at, byte] of this.bytes.entries()) {
      if ((ranks[byte] ?? 0) > (ranks[this.bytes[rareAt] ?? 0] ?? 0)) rareAt = at;
    }
    this.rareAt = rareAt;
    this.rareWord = Math.imul((this.bytes[rareAt] ?? 0) | 0x20, lowBits);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Where it begins in the page from `from` on, wholly before `end`; -1 for nowhere. Looks at four bytes at a time. */
  indexIn(page: TextPage, from: number, end: number): number {
    const { words, bytes } = page;
    const { rareAt, rareWord, length } = this;
    const first = from + rareAt;
    const last = end - length + rareAt;
    const lastWord = last >> 2;
    for (let word = first >> 2; word <= lastWord; word++) {
      const difference = ((words[word] ?? 0) | caseBits) ^ rareWord;
      // Non-zero when one of the four bytes is zero, that is, equal to the rare one.
      if (((difference - lowBits) & ~difference & highBits) === 0) continue;
      const stop = Math.min(word * 4 + 3, last);
      for (let at = Math.max(word * 4, first); at <= stop; at++) {
        if (this.isAt(bytes, at - rareAt)) return at - rareAt;
      }
    }
    return -1;
  }

  private isAt(bytes: Uint8Array, start: number): boolean {
    const needle = this.bytes;
    for (let at = 0; at < needle.length; at++) if (folded[bytes[start + at] ?? 0] !== needle[at]) return false;
    return true;
  }
}
