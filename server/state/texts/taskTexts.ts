import { formatUuid } from '../names/taskId.ts';
import type { TextArena, TextPage } from './textArena.ts';
import { brokenTextKind, fieldLimit, jsonKind, ownIdKind, type TextWriter, textKind, uuidKind } from './textWriter.ts';

/** Where the fields of one block lie; filled anew for each block that is looked at. */
export class BlockFields {
  readonly starts = new Int32Array(fieldLimit);
  readonly contents = new Int32Array(fieldLimit);
  readonly ends = new Int32Array(fieldLimit);
  readonly kinds = new Uint8Array(fieldLimit);
  /** Just behind the last field's end mark. */
  end = 0;

  read(bytes: Uint8Array, offset: number): void {
    this.kinds.fill(0);
    let at = offset + 4;
    for (let tag = bytes[at] ?? 0; tag !== 0; tag = bytes[at] ?? 0) {
      const field = tag >> 3;
      this.starts[field] = at++;
      let size = 0;
      for (let shift = 0; ; shift += 7) {
        const part = bytes[at++] ?? 0;
        size |= (part & 127) << shift;
        if (part < 128) break;
      }
      this.contents[field] = at;
      at += size;
      this.ends[field] = at;
      this.kinds[field] = tag & 7;
    }
    this.end = at + 1;
  }
}

/** Reads texts back out of their blocks. */
export class TaskTexts {
  readonly arena: TextArena;
  private readonly fields = new BlockFields();

  constructor(arena: TextArena) {
    this.arena = arena;
  }

  /** A field as Celery has it: a string, or the value that came instead of one. `ownId` is the task's. */
  valueOf(handle: number, field: number, ownId: () => string): unknown {
    if (handle === 0) return null;
    const page = this.arena.pageOf(handle);
    this.fields.read(page.bytes, this.arena.offsetOf(handle));
    return readField(page.bytes, this.fields, field, ownId);
  }

  /** A field for people to read. */
  textOf(handle: number, field: number, ownId: () => string): string | null {
    if (handle === 0) return null;
    const page = this.arena.pageOf(handle);
    this.fields.read(page.bytes, this.arena.offsetOf(handle));
    return textOfField(page.bytes, this.fields, field, ownId);
  }
}

const readField = (bytes: Buffer, fields: BlockFields, field: number, ownId: () => string): unknown => {
  if (fields.kinds[field] !== jsonKind) return textOfField(bytes, fields, field, ownId);
  return JSON.parse(bytes.toString('utf8', fields.contents[field], fields.ends[field]));
};

/** A field of a block that may no longer be in its page, for people to read: a value that was no string is its JSON. */
export const textOfField = (bytes: Buffer, fields: BlockFields, field: number, ownId: () => string): string | null => {
  const start = fields.contents[field] ?? 0;
  const end = fields.ends[field] ?? 0;
  switch (fields.kinds[field]) {
    case textKind:
    case jsonKind:
      return bytes.toString('utf8', start, end);
    case brokenTextKind:
      return bytes.toString('utf16le', start, end);
    case uuidKind:
      return formatUuid(
        bytes.readInt32BE(start),
        bytes.readInt32BE(start + 4),
        bytes.readInt32BE(start + 8),
        bytes.readInt32BE(start + 12),
      );
    case ownIdKind:
      return ownId();
    default:
      return null;
  }
};

/**
 * Replaces the block `handle` by what the writer holds, or leaves it when that is the same: a task-received mostly repeats
 * the task-sent before it. Returns the block's new number.
 */
export const storeBlock = (arena: TextArena, writer: TextWriter, handle: number, row: number): number => {
  const size = writer.length;
  if (size <= 5) {
    if (handle !== 0) arena.free(handle);
    return 0;
  }
  let target = handle;
  if (handle === 0 || !arena.fits(handle, size)) {
    if (handle !== 0) arena.free(handle);
    target = arena.allocate(size, row);
  } else if (writer.isEqualTo(arena.pageOf(handle).bytes, arena.offsetOf(handle))) return handle;
  const page = arena.pageOf(target);
  copyInto(page, arena.offsetIn(page, target), writer, size);
  return target;
};

const longestLoop = 512;

/** Word by word, which for a short block is done before a call into the runtime has begun. */
const copyInto = (page: TextPage, offset: number, writer: TextWriter, size: number): void => {
  if (size > longestLoop) {
    writer.bytes.copy(page.bytes, offset + 4, 4, size);
    return;
  }
  const { words } = writer;
  const target = page.words;
  const shift = offset >>> 2;
  const end = (size + 3) >>> 2;
  for (let at = 1; at < end; at++) target[shift + at] = words[at] ?? 0;
};
