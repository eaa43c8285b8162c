import type { CodeIndex } from '../../../../server/code/codeIndex.ts';
import type { CodeFile } from '../../../../server/code/facts.ts';
import { type Files, indexOf } from '../indexOf.ts';

/** The files with a cursor in one of them, written as `|`. */
export const atCursor = (files: Files): { index: CodeIndex; file: CodeFile; offset: number } => {
  const [path, marked] = Object.entries(files).find(([, text]) => text.includes('|')) ?? ['', ''];
  const offset = marked.indexOf('|');
  const index = indexOf({ ...files, [path]: marked.slice(0, offset) + marked.slice(offset + 1) });
  const file = index.file(path);
  if (!file) throw new Error('No file has a cursor.');
  return { index, file, offset };
};
