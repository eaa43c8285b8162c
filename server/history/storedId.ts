import type { SQLOutputValue } from 'node:sqlite';
import { parseUuid } from '../state/names/taskId.ts';

const words = new Int32Array(4);

/** A task's id as it lies on disk: a UUID as its bytes, any other text as it is. */
export const toStoredId = (id: string): Uint8Array | string => {
  if (!parseUuid(id, words)) return id;
  const bytes = Buffer.allocUnsafe(16);
  for (const [index, word] of words.entries()) bytes.writeInt32BE(word, index * 4);
  return bytes;
};

export const fromStoredId = (stored: SQLOutputValue | undefined): string | null => {
  if (!(stored instanceof Uint8Array)) return typeof stored === 'string' ? stored : null;
  const hex = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
