import { parseUuid } from '../names/taskId.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { BlockFields } from '../texts/taskTexts.ts';
import { freeBlock } from '../texts/textArena.ts';
import { parentIdField, rootIdField } from '../texts/textWriter.ts';

/**
 * The rows of the tasks that name `id` as their parent or their root, oldest first. No index is kept for a question asked
 * this rarely: the id's bytes are searched for in the texts.
 */
export const rowsNaming = (store: TaskStore, id: string, field: 'parent' | 'root'): readonly number[] => {
  const pattern = patternOf(id);
  const wanted = field === 'parent' ? parentIdField : rootIdField;
  const fields = new BlockFields();
  const rows: number[] = [];
  for (const { bytes, words, blockSize, fresh } of store.arena.livePages()) {
    const end = fresh * blockSize;
    for (let at = bytes.indexOf(pattern); at >= 0 && at < end; at = bytes.indexOf(pattern, at + 1)) {
      const offset = Math.floor(at / blockSize) * blockSize;
      const row = words[offset / 4] ?? freeBlock;
      if (row === freeBlock) continue;
      fields.read(bytes, offset);
      const isField = fields.kinds[wanted] !== 0 && fields.contents[wanted] === at;
      if (isField && fields.ends[wanted] === at + pattern.length) rows.push(row);
    }
  }
  const { firstSeenAt } = store.columns;
  return rows.sort((a, b) => (firstSeenAt[a] ?? 0) - (firstSeenAt[b] ?? 0));
};

/** As TextMerger.writeId keeps it. */
const patternOf = (id: string): Buffer => {
  const words = new Int32Array(4);
  if (!parseUuid(id, words)) return Buffer.from(id, 'utf8');
  const pattern = Buffer.alloc(16);
  for (const [index, word] of words.entries()) pattern.writeInt32BE(word, index * 4);
  return pattern;
};
