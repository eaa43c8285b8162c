import type { TaskStore } from './taskStore.ts';
import type { TextArena } from './textArena.ts';
import { jsonKind, textKind } from './textWriter.ts';

/** Finds where one field's text lies, without making anything of it. */
export class TextFinder {
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  private readonly arena: TextArena;
  private readonly field: number;

  constructor(store: TaskStore, field: number) {
    this.arena = store.arena;
    this.field = field;
  }

  /** False when the block has no such text. Fields stand in their order, so it need not be read to its end. */
  find(handle: number): boolean {
    if (handle === 0) return false;
    const page = this.arena.pageOf(handle);
    const { bytes } = page;
    let at = this.arena.offsetIn(page, handle) + 4;
    for (let tag = bytes[at] ?? 0; tag !== 0 && tag >> 3 <= this.field; tag = bytes[at] ?? 0) {
      at++;
      let size = 0;
      for (let shift = 0; ; shift += 7) {
        const part = bytes[at++] ?? 0;
        size |= (part & 127) << shift;
        if (part < 128) break;
      }
      if (tag >> 3 === this.field) {
        this.bytes = bytes;
        this.start = at;
        this.end = at + size;
        return (tag & 7) === textKind || (tag & 7) === jsonKind;
      }
      at += size;
    }
    return false;
  }
}
