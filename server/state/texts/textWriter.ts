/** Which text of a task; the order is the order within a block. */
export const argsField = 1;
export const kwargsField = 2;
export const etaField = 3;
export const expiresField = 4;
export const rootIdField = 5;
export const parentIdField = 6;
export const idField = 7;
export const resultField = 8;
export const exceptionField = 9;
export const tracebackField = 10;
export const fieldLimit = 11;

/** How a text is kept. */
export const textKind = 1;
/** A value that was no string: its JSON. */
export const jsonKind = 2;
/** A UUID, as its 16 bytes. */
export const uuidKind = 3;
/** The task's own id, in no bytes at all. */
export const ownIdKind = 4;
/** A text that UTF-8 cannot hold, half a surrogate pair being among it; UTF-16 can. */
export const brokenTextKind = 5;

const longestText = 65_536;
const longestQuick = 96;

/**
 * Writes a block: for each field its number and kind in one byte, its length in one to three (7 bits each, low first), its
 * UTF-8; a zero ends it. The first word is left for the arena.
 */
export class TextWriter {
  bytes = Buffer.alloc(4096);
  /** The same memory. */
  words = wordsOf(this.bytes);
  length = 0;

  begin(): void {
    this.length = 4;
  }

  end(): void {
    this.ensure(1);
    this.bytes[this.length++] = 0;
  }

  value(field: number, value: unknown): void {
    if (typeof value === 'string') this.text(field, textKind, value);
    else this.json(field, value);
  }

  text(field: number, kind: number, text: string): void {
    if (text.length <= longestQuick && this.quickText(field, kind, text)) return;
    const whole = text.length <= longestText ? text : cut(text);
    const isBroken = !whole.isWellFormed();
    this.ensure(whole.length * 3 + 8);
    const at = this.length;
    const size = this.bytes.write(whole, at + 4, isBroken ? 'utf16le' : 'utf8');
    this.bytes[at] = (field << 3) | (isBroken ? brokenTextKind : kind);
    this.bytes[at + 1] = (size & 127) | 128;
    this.bytes[at + 2] = ((size >> 7) & 127) | 128;
    this.bytes[at + 3] = size >> 14;
    this.length = at + 4 + size;
  }

  uuid(field: number, words: Int32Array): void {
    this.ensure(18);
    this.bytes[this.length++] = (field << 3) | uuidKind;
    this.bytes[this.length++] = 16;
    const { bytes } = this;
    for (let index = 0; index < 4; index++) {
      const word = words[index] ?? 0;
      bytes[this.length++] = word >>> 24;
      bytes[this.length++] = word >>> 16;
      bytes[this.length++] = word >>> 8;
      bytes[this.length++] = word;
    }
  }

  ownId(field: number): void {
    this.ensure(2);
    this.bytes[this.length++] = (field << 3) | ownIdKind;
    this.bytes[this.length++] = 0;
  }

  /** A field as another block has it. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.ensure(end - start);
    for (let at = start; at < end; at++) this.bytes[this.length++] = from[at] ?? 0;
  }

  isEqualTo(other: Uint8Array, offset: number): boolean {
    const { bytes, length } = this;
    if (offset + length > other.length) return false;
    for (let at = 4; at < length; at++) if (bytes[at] !== other[offset + at]) return false;
    return true;
  }

  /** A part of a JSON is none: what has to be cut can only be shown, as a text that ends in its mark. */
  private json(field: number, value: unknown): void {
    const json = toJson(value);
    if (json === null) this.text(field, textKind, '(nested too deeply)');
    else this.text(field, json.length <= longestText ? jsonKind : textKind, json);
  }

  /** Short ASCII, as most are, is written faster here than by a call into the runtime. */
  private quickText(field: number, kind: number, text: string): boolean {
    const size = text.length;
    this.ensure(size + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = (field << 3) | kind;
    bytes[at++] = size;
    for (let index = 0; index < size; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    this.length = at;
    return true;
  }

  private ensure(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.alloc(Math.max(this.bytes.length * 2, Math.ceil((this.length + more) / 4) * 4));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.words = wordsOf(larger);
  }
}

/** Never within a pair of surrogates: half a pair would have to be kept in UTF-16, which no search finds. */
const cut = (text: string): string => {
  const last = text.charCodeAt(longestText - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? longestText - 1 : longestText)}…`;
};

const wordsOf = (bytes: Buffer): Uint32Array => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

const toJson = (value: unknown): string | null => {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
};
