import type { TextArena } from './textArena.ts';
import { jsonKind, textKind } from './textWriter.ts';

/** Finds where a text lies in its block, without making anything of it. */
export class TextFinder {
  bytes: Buffer = Buffer.alloc(0);
  field = 0;
  kind = 0;
  start = 0;
  end = 0;
  private readonly arena: TextArena;

  constructor(arena: TextArena) {
    this.arena = arena;
  }

  /** False when the block has no text in this field. Fields stand in their order, so it need not be read to its end. */
  find(handle: number, field: number): boolean {
    if (handle === 0) return false;
    const page = this.arena.pageOf(handle);
    this.open(page.bytes, this.arena.offsetIn(page, handle));
    while (this.next()) if (this.field >= field) return this.field === field && this.isText;
    return false;
  }

  /** False when the bytes at `position` are no text's. */
  findAt(bytes: Buffer, offset: number, position: number): boolean {
    this.open(bytes, offset);
    while (this.next()) if (position < this.end) return position >= this.start && this.isText;
    return false;
  }

  private get isText(): boolean {
    return this.kind === textKind || this.kind === jsonKind;
  }

  private open(bytes: Buffer, offset: number): void {
    this.bytes = bytes;
    this.end = offset + 4;
  }

  private next(): boolean {
    const { bytes } = this;
    let at = this.end;
    const tag = bytes[at++] ?? 0;
    if (tag === 0) return false;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const part = bytes[at++] ?? 0;
      size |= (part & 127) << shift;
      if (part < 128) break;
    }
    this.field = tag >> 3;
    this.kind = tag & 7;
    this.start = at;
    this.end = at + size;
    return true;
  }
}
