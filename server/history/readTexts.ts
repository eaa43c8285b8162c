import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

/** Texts that many rows share, by their numbers: the tables `label` and `text`. */
export interface Texts {
  entries(): IterableIterator<readonly [id: number, text: string]>;
}

export const readTexts = (database: ReadOnlyDatabase, table: 'label' | 'text'): Texts => {
  const every = database.prepare(`SELECT id, value FROM ${table}`);
  return {
    *entries() {
      for (const { id, value } of every.iterate()) yield [Number(id), String(value)];
    },
  };
};
