import type { FileHandle } from 'node:fs/promises';
import { openHandle } from './openHandle.ts';

export interface Appended {
  readonly bytes: Buffer;
  /** Whether it is the first look, or the file was truncated or replaced since: what was read before has no continuation. */
  readonly isNew: boolean;
}

/**
 * What is appended to a file between two looks, from the first look on. The file may be missing, be truncated, or be
 * replaced by another one at any time; a folder, a device or a named pipe counts as missing.
 */
export class FileTail {
  readonly #path: string;
  readonly #mostBytes: number;
  #at: { readonly inode: number; readonly offset: number } | null = null;
  #isFirst = true;

  /** `mostBytes`: of more than that only the end is read. */
  constructor(path: string, mostBytes: number) {
    this.#path = path;
    this.#mostBytes = mostBytes;
  }

  /** Null: there is no such file at present. */
  async read(): Promise<Appended | null> {
    const handle = await openHandle(this.#path).catch(() => null);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (!handle) {
      this.#at = null;
      return null;
    }
    try {
      return await this.#readFrom(handle, isFirst);
    } catch {
      // The file was taken away while it was read; the next look begins anew.
      this.#at = null;
      return null;
    } finally {
      await handle.close();
    }
  }

  async #readFrom(handle: FileHandle, isFirst: boolean): Promise<Appended> {
    const { ino, size } = await handle.stat();
    const isSame = this.#at?.inode === ino && size >= this.#at.offset;
    const begin = isSame ? (this.#at?.offset ?? 0) : isFirst ? size : 0;
    const from = Math.max(begin, size - this.#mostBytes);
    this.#at = { inode: ino, offset: size };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return { bytes: buffer.subarray(0, bytesRead), isNew: !isSame };
  }
}
